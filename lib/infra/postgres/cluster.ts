import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  truncateSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '@/lib/infra/env'
import { isAlive, programOf } from '@/lib/infra/postgres/file-lock'
import type { Home } from '@/lib/infra/postgres/home'
import { giveTo } from '@/lib/infra/postgres/os-user'
import { freePort, isFree } from '@/lib/infra/postgres/ports'

export const SUPERUSER = 'postgres'
const START_TRIES = 6
const RETRY_AFTER_MS = 300
const HELPERS_GONE_MS = 30_000
const CHARACTER_CLASSES = ['C.UTF-8', 'en_US.UTF-8', 'C']
const LOG_LIMIT = 5_000_000

/**
 * Makes the cluster when there is none. It is made under another name and renamed when whole, so that an initdb which was
 * interrupted, by Ctrl-C or a power cut, leaves nothing that could be taken for a cluster.
 */
export async function ensureCluster(home: Home, password: string, durable: boolean): Promise<void> {
  for (const name of readdirSync(home.root)) {
    if (name.startsWith('cluster.new-')) rmSync(path.join(home.root, name), { recursive: true, force: true })
  }
  if (existsSync(home.cluster)) return
  const fresh = path.join(home.root, `cluster.new-${randomBytes(4).toString('hex')}`)
  const passwordFile = path.join(home.scratch, `pw-${randomBytes(8).toString('hex')}`)
  mkdirSync(fresh, { mode: 0o700 })
  giveTo(home.user, fresh)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  giveTo(home.user, passwordFile)
  try {
    await initdb(home, fresh, [`--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync'])])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, home.cluster)
}

/**
 * Text sorts by code point on every machine alike. The character classes come from the first UTF-8 locale that the machine
 * has: without one, trigram search does not take Chinese characters for letters and finds nothing.
 */
async function initdb(home: Home, folder: string, more: readonly string[]): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const flags = [`--pgdata=${folder}`, '--auth=scram-sha-256', `--username=${SUPERUSER}`, ...locale, ...more]
  let failure: unknown
  for (const ctype of CHARACTER_CLASSES) {
    try {
      await run(home, home.bin.initdb, [...flags, `--lc-ctype=${ctype}`])
      return
    } catch (error) {
      failure = error
    }
  }
  throw new ConfigError(`The database could not be made in ${home.root}: ${String(failure)}.`)
}

/** Starts the server in its own session, loopback only, on the wished port or another free one; returns the port. */
export async function startServer(
  home: Home,
  wished: number | undefined,
  settings: readonly string[],
): Promise<number> {
  prepareLog(home)
  let failure: unknown
  for (let attempt = 0; attempt < START_TRIES; attempt++) {
    // A server that is just being killed still looks alive: a moment later it can be buried.
    if (attempt > 0) await sleep(attempt * RETRY_AFTER_MS)
    await buryDeadServer(home)
    const port = attempt === 0 && wished && (await isFree(wished)) ? wished : await freePort()
    const options = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      `port=${port}`,
      'timezone=UTC',
      ...settings,
    ]
    const flags = options.map((option) => `-c ${option}`).join(' ')
    try {
      await run(home, home.bin.pgCtl, [
        'start',
        '-w',
        '-s',
        '-t',
        '90',
        '-D',
        home.cluster,
        '-l',
        home.log,
        '-o',
        flags,
      ])
      return port
    } catch (error) {
      failure = error
    }
  }
  throw new ConfigError(
    `The embedded PostgreSQL did not start: ${lastLogLine(home) ?? String(failure)} (see ${home.log}).`,
  )
}

/** Stops the server, rolling back what is running; waits until it is gone. */
export async function stopServer(home: Home): Promise<void> {
  if (!serverPid(home)) return
  try {
    await run(home, home.bin.pgCtl, ['stop', '-w', '-s', '-t', '20', '-m', 'fast', '-D', home.cluster])
  } catch {
    // Somebody held it up: an immediate stop loses nothing that was committed, the next start replays the log.
    if (serverPid(home)) await run(home, home.bin.pgCtl, ['stop', '-w', '-s', '-m', 'immediate', '-D', home.cluster])
  }
}

/** The running server of this cluster as its own pid file tells it, if that process is alive. */
export function serverPid(home: Home): number | undefined {
  const pid = notedPid(home)
  return pid !== undefined && isAlive(pid) ? pid : undefined
}

function pidFile(home: Home): string {
  return path.join(home.cluster, 'postmaster.pid')
}

function notedPid(home: Home): number | undefined {
  return existsSync(pidFile(home)) ? Math.abs(Number.parseInt(readFileSync(pidFile(home), 'utf8'), 10)) : undefined
}

/**
 * Takes away the pid file of a server that was killed. PostgreSQL does so itself, unless the number now belongs to another
 * program or to a process that nobody has collected yet. Its old helpers must be gone first: they still write.
 */
async function buryDeadServer(home: Home): Promise<void> {
  const pid = notedPid(home)
  if (pid === undefined || (isAlive(pid) && (programOf(pid) ?? 'postgres').startsWith('postgres'))) return
  const giveUpAt = Date.now() + HELPERS_GONE_MS
  while (sharedMemoryInUse(home) && Date.now() < giveUpAt) await sleep(50)
  if (!sharedMemoryInUse(home)) rmSync(pidFile(home), { force: true })
}

/** Whether a process is still attached to the memory segment that the pid file names (Linux tells; elsewhere PostgreSQL checks). */
function sharedMemoryInUse(home: Home): boolean {
  const segment = readFileSync(pidFile(home), 'utf8').split('\n')[6]?.trim().split(/\s+/)[1]
  if (!segment || !existsSync('/proc/sysvipc/shm')) return false
  const rows = readFileSync('/proc/sysvipc/shm', 'utf8').split('\n')
  return rows.some((row) => {
    const [, id, , , , , attached] = row.trim().split(/\s+/)
    return id === segment && Number(attached) > 0
  })
}

function prepareLog(home: Home): void {
  closeSync(openSync(home.log, 'a'))
  if (statSync(home.log).size > LOG_LIMIT) truncateSync(home.log)
  giveTo(home.user, home.log)
}

function lastLogLine(home: Home): string | undefined {
  const lines = readFileSync(home.log, 'utf8').trimEnd().split('\n')
  const fatal = lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line))
  return fatal?.replace(/^.*?(FATAL|PANIC|ERROR)/, '$1')
}

async function run(home: Home, program: string, flags: string[]): Promise<void> {
  // Detached: Ctrl-C in the terminal must reach us, not the database under our open transactions.
  const output = path.join(home.scratch, `out-${randomBytes(4).toString('hex')}`)
  const sink = openSync(output, 'w')
  const child = spawn(program, flags, {
    ...home.user,
    cwd: home.scratch,
    detached: true,
    stdio: ['ignore', sink, sink],
    env: { ...withoutPgSettings(process.env), LC_ALL: 'C', TZ: 'UTC' },
  })
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', resolve)
    })
    if (code !== 0)
      throw new Error(readFileSync(output, 'utf8').trim().split('\n').at(-1) ?? `${program} ended with ${code}`)
  } finally {
    closeSync(sink)
    rmSync(output, { force: true })
  }
}

/** PGPORT, PGDATA and the like of the developer's shell mean some other server. */
function withoutPgSettings(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...settings,
    ...Object.fromEntries(
      Object.keys(settings)
        .filter((name) => name.startsWith('PG'))
        .map((name) => [name, undefined]),
    ),
  }
}
