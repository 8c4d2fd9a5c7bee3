import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { build, enterProject, generate, install, NODE } from './prepare.mjs'
import { attempt, Stop, stopOnSignals } from './progress.mjs'

/**
 * `npm start`, and with `dev` `npm run dev`: from a fresh clone to an open mall. Plain JavaScript without packages, because
 * the packages are what it installs first. Every part can be cut off anywhere and is done again or repaired by the next
 * start.
 */
const startedAt = Date.now()
const dev = process.argv[2] === 'dev'
try {
  enterProject()
  const release = stopOnSignals()
  await requireFreePort(process.env.PORT ?? '3000', process.env.HOST ?? '127.0.0.1')
  await install()
  await preflight()
  await generate()
  if (!dev) await build()
  process.exitCode = await boot(release)
} catch (error) {
  console.error(error instanceof Stop ? error.message : error)
  process.exit(1)
}
process.exit()

async function preflight() {
  const { code, output } = await attempt(NODE, ['--import', 'tsx', 'lib/cli/preflight.ts'])
  if (code !== 0) throw new Stop(output.trim())
}

/**
 * The rest runs on Node 24. Signals from the terminal reach it directly; what is sent to us alone is passed on.
 *
 * @param {(pass: (signal: NodeJS.Signals) => void) => void} release
 * @returns {Promise<number>}
 */
function boot(release) {
  const child = spawn(NODE, ['--import', 'tsx', 'lib/cli/boot.ts', ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: dev ? 'development' : 'production', STARTED_AT: String(startedAt) },
  })
  release((signal) => {
    child.kill(signal)
  })
  // npm passes Ctrl-C on, but when npm itself is killed nobody tells us.
  const npm = process.env.npm_lifecycle_event ? process.ppid : undefined
  if (npm) setInterval(() => process.ppid !== npm && child.kill('SIGTERM'), 1_000).unref()
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/**
 * Asked before the long part: nobody should wait for an installation to learn that the port is taken.
 *
 * @param {string} port
 * @param {string} host
 * @returns {Promise<void>}
 */
function requireFreePort(port, host) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Stop(`PORT must be a port number, and ${port} is not.`)
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.message
      const why =
        code === 'EADDRINUSE'
          ? 'is in use; stop what uses it, or choose another one'
          : `cannot be opened on ${host} (${code}); choose another one`
      reject(new Stop(`Port ${port} ${why}: PORT=3001 npm start`))
    })
    probe.listen({ port: Number(port), host, exclusive: true }, () => probe.close(() => resolve()))
  })
}
