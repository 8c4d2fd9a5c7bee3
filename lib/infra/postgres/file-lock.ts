import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '@/lib/infra/env'

const STALE_AFTER_MS = 180_000
const POLL_MS = 50

/** Runs `work` while no other process of this machine does; a lock left by a dead process is taken over. */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + STALE_AFTER_MS
  while (!tryLock(file)) {
    if (Date.now() > giveUpAt)
      throw new ConfigError(`Another process has held ${file} for minutes; stop it and try again.`)
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function tryLock(file: string): boolean {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  if (isAbandoned(file)) rmSync(file, { force: true })
  return false
}

function isAbandoned(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs
    const pid = Number(readFileSync(file, 'utf8'))
    // An empty file is one whose owner is between creating and writing it, unless it stays so.
    return pid === 0 ? age > 2_000 : !isAlive(pid) || age > STALE_AFTER_MS
  } catch {
    return false
  }
}

/** Whether a process runs. One that was killed and not yet collected by its parent (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return !/^State:\s+[ZX]/m.test(readProc(pid, 'status'))
}

/** The program that runs under a process id, where the system tells. */
export function programOf(pid: number): string | undefined {
  return readProc(pid, 'comm').trim() || undefined
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // No such process any more, or a system without /proc.
    return ''
  }
}

/** Notes that this process uses the server, so that whoever leaves last, and nobody before, stops it. */
export function joinUsers(folder: string): void {
  mkdirSync(folder, { recursive: true })
  closeSync(openSync(path.join(folder, String(process.pid)), 'w'))
}

/** Takes the note away; true when nobody alive is left. */
export function leaveUsers(folder: string): boolean {
  rmSync(path.join(folder, String(process.pid)), { force: true })
  const others = readdirSync(folder).filter((name) => {
    if (isAlive(Number(name))) return true
    rmSync(path.join(folder, name), { force: true })
    return false
  })
  return others.length === 0
}
