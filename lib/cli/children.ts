import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { signalGroup } from './progress.mjs'

const LOG_LIMIT = 10_000_000
const STOP_WITHIN_MS = 12_000
const LEASH = ['--import', './lib/cli/leash.mjs']

export type Child = { name: string; process: ChildProcess; logFile: string; gone: Promise<number> }

/**
 * Starts one of our processes in a group of its own (Ctrl-C reaches it through us, in the right order) and on a leash (it
 * ends when we are killed). What it prints goes into a log file, and to our own output when `loud`.
 */
export function startChild(name: string, args: string[], env: NodeJS.ProcessEnv, logDir: string, loud: boolean): Child {
  mkdirSync(logDir, { recursive: true })
  const logFile = path.join(logDir, `${name}.log`)
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) truncateSync(logFile)
  const sink = createWriteStream(logFile, { flags: 'a' })
  const child = spawn(process.execPath, [...LEASH, ...args], {
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(sink, { end: false })
    if (loud) stream?.pipe(process.stdout, { end: false })
  }
  const gone = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  return { name, process: child, logFile, gone }
}

/** Asks a child to end, waits, and ends it and its helpers the hard way when it does not. */
export async function stopChild(child: Child): Promise<void> {
  signalGroup(child.process, 'SIGTERM')
  const patience = new AbortController()
  await Promise.race([child.gone, sleep(STOP_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
  signalGroup(child.process, 'SIGKILL')
  await child.gone
}

/** The end of what a child printed, for telling why it ended. */
export function lastWords({ logFile }: Child): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n') : ''
}
