import { spawn } from 'node:child_process'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const QUIET_TICK_MS = 10_000
const STOP_WITHIN_MS = 4_000

/** An expected failure: its message is for the person at the keyboard and is all that they see. */
export class Stop extends Error {}

/**
 * Runs one step of a long command and shows its name and how long it has taken: a spinner on a terminal, a line now and
 * then elsewhere.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const begun = Date.now()
  const elapsed = () => `${((Date.now() - begun) / 1000).toFixed(1)} s`
  const live = process.stdout.isTTY
  let frame = 0
  if (!live) console.log(`… ${name}`)
  const timer = live
    ? setInterval(() => process.stdout.write(`\r\x1b[K${FRAMES[frame++ % FRAMES.length]} ${name}  ${elapsed()}`), 100)
    : setInterval(() => console.log(`… ${name}  ${elapsed()}`), QUIET_TICK_MS)
  try {
    const result = await work()
    console.log(`${live ? '\r\x1b[K' : ''}✓ ${name}  ${elapsed()}`)
    return result
  } catch (error) {
    console.log(`${live ? '\r\x1b[K' : ''}✗ ${name}  ${elapsed()}`)
    throw error
  } finally {
    clearInterval(timer)
  }
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/**
 * Runs a program in its own process group, so that Ctrl-C reaches it only through us and takes its helpers with it.
 * Resolves with what it printed; refuses with the end of that when it fails.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, show?: boolean, what?: string }} [options]
 * @returns {Promise<string>}
 */
export async function run(program, args, { env = {}, show = false, what = program } = {}) {
  const { code, output } = await attempt(program, args, { env, show })
  if (code !== 0) throw new Stop(`${what} failed (exit code ${code}).\n${show ? '' : lastLines(output)}`)
  return output
}

/**
 * Like `run`, but a failure is an answer.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, show?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function attempt(program, args, { env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32'
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      shell: windows,
    })
    running.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (/** @type {string} */ text) => {
        output += text
        if (show) process.stdout.write(text)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code: code ?? 1, output })
    })
  })
}

/**
 * Signals a child and everything it started.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch (error) {
    // It ended between the look and the call.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/**
 * On Ctrl-C stops whatever step is running and ends with the usual exit code. Returns a function that hands the signals to
 * somebody else from then on.
 *
 * @returns {(pass: (signal: NodeJS.Signals) => void) => void}
 */
export function stopOnSignals() {
  /** @type {((signal: NodeJS.Signals) => void) | undefined} */
  let heir
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (heir) return heir(signal)
      for (const child of running) signalGroup(child, 'SIGTERM')
      setTimeout(() => {
        for (const child of running) signalGroup(child, 'SIGKILL')
        process.exit(130)
      }, STOP_WITHIN_MS)
      setInterval(() => {
        if (running.size === 0) process.exit(130)
      }, 20)
    })
  }
  return (pass) => {
    heir = pass
  }
}

/** @param {string} text */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-25).join('\n')
}
