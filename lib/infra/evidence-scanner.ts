import { spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import type { ScanEvidence, ScanVerdict } from '@/lib/domain/evidence'

/** Longer than any file of 200 MB takes. */
const LONGEST_MS = 5 * 60_000
const INFECTED = 1

/**
 * The operator's virus scanner: a command (words with spaces between, no shell) that gets the bytes on its standard input and ends with 0 for clean,
 * 1 for infected, as `clamdscan -` does. Whatever else happens (it is missing, crashes, takes forever, or says clean without having read to the end) is
 * `unavailable`. Without a command everything is clean.
 */
export function scannerOf(command: string | undefined, longestMs: number = LONGEST_MS): ScanEvidence {
  const [program, ...args] = (command ?? '').split(/\s+/u).filter((word) => word !== '')
  if (program === undefined) return drain
  return async (bytes) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: longestMs })
    // A scanner that has seen enough closes its input; what it says counts, not that.
    child.stdin.on('error', () => undefined)
    const ended = new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(null))
      child.on('close', resolve)
    })
    try {
      const all = await feed(child.stdin, bytes, ended)
      return verdictOf(await ended, all)
    } finally {
      child.kill()
    }
  }
}

function verdictOf(exitCode: number | null, all: boolean): ScanVerdict {
  if (exitCode === INFECTED) return 'infected'
  return exitCode === 0 && all ? 'clean' : 'unavailable'
}

/** Whether everything went in before the scanner ended or closed its input. */
async function feed(input: Writable, bytes: AsyncIterable<Uint8Array>, ended: Promise<unknown>): Promise<boolean> {
  const closed = new Promise<void>((resolve) => input.once('close', resolve))
  const over = Promise.race([closed, ended])
  for await (const piece of bytes) {
    if (input.destroyed) return false
    if (!input.write(piece)) await Promise.race([new Promise((resolve) => input.once('drain', resolve)), over])
  }
  input.end()
  await over
  return input.writableFinished
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<ScanVerdict> {
  const iterator = bytes[Symbol.asyncIterator]()
  while (!(await iterator.next()).done);
  return 'clean'
}
