import { setTimeout as sleep } from 'node:timers/promises'
import path from 'node:path'
import { type Child, lastWords, startChild, stopChild } from '@/lib/cli/children'
import { ConfigError } from '@/lib/infra/env'

const READY_WITHIN_MS = 120_000
const POLL_MS = 100
const AGAIN_MS = 1_000
const SOCKET_ADDRESS = ['--import', './lib/cli/socket-address.mjs']
/** "localhost" then means 127.0.0.1 also where the machine knows it as ::1 first. */
const IPV4_FIRST = ['--dns-result-order=ipv4first']

export type MallOptions = {
  databaseUrl: string
  dataDir: string
  host: string
  port: number
  publicUrl: string
  dev?: boolean
  loud?: boolean
  env?: Readonly<Record<string, string>>
}

export type Mall = { children: Child[]; stop: () => Promise<void> }

/** Uploads come by the million: the importer's memory is bounded here, so that it collects its garbage in time. */
export const IMPORTER = [
  '--max-semi-space-size=8',
  '--max-old-space-size=192',
  '--import',
  'tsx',
  'lib/cli/importer.ts',
]

/** Starts the worker, the importer and the web server of one mall and waits until worker and web answer. */
export async function openMall(options: MallOptions, stop: AbortSignal): Promise<Mall> {
  const env = envOf(options)
  const logDir = logsOf(options)
  const worker = startChild('worker', ['--import', 'tsx', 'lib/cli/worker.ts'], env, logDir, options.loud ?? false)
  const startImporter = () => startChild('importer', IMPORTER, env, logDir, options.loud ?? false)
  const children = [worker, startWeb('web', options), startImporter()]
  const mall = await opened(children, [requireReady(children, options, stop), saidReady(worker)])
  return { ...mall, stop: keepRunning(mall, children.length - 1, startImporter) }
}

/**
 * Starts a child again whenever it dies by itself: a machine that is short of memory ends the one that reads uploads first. What
 * it was at is taken up when its lease has run out. Returns what stops the mall with it.
 */
function keepRunning(mall: Mall, at: number, start: () => Child): Mall['stop'] {
  const stopping = new AbortController()
  const again = async (): Promise<void> => {
    await mall.children[at]?.gone
    await sleep(AGAIN_MS)
    if (stopping.signal.aborted) return
    mall.children[at] = start()
    await again()
  }
  void again()
  return async () => {
    stopping.abort()
    await mall.stop()
  }
}

/** One more web server of a mall that is open, on a port and with settings of its own. */
export async function openWeb(name: string, options: MallOptions, stop: AbortSignal): Promise<Mall> {
  const children = [startWeb(name, options)]
  return opened(children, [requireReady(children, options, stop)])
}

async function opened(children: Child[], ready: readonly Promise<void>[]): Promise<Mall> {
  const mall = { children, stop: async () => void (await Promise.all(children.map(stopChild))) }
  try {
    await Promise.all(ready)
  } catch (error) {
    await mall.stop()
    throw error
  }
  return mall
}

function startWeb(name: string, options: MallOptions): Child {
  const { dev = false, loud = false, host, port } = options
  const next = [
    ...IPV4_FIRST,
    ...SOCKET_ADDRESS,
    'node_modules/next/dist/bin/next',
    dev ? 'dev' : 'start',
    '-H',
    nextHost(host),
    '-p',
    String(port),
  ]
  return startChild(name, next, envOf(options), logsOf(options), loud || dev)
}

function logsOf({ dataDir }: MallOptions): string {
  return path.resolve(dataDir, 'log')
}

function envOf({ dev = false, ...options }: MallOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...options.env,
    NODE_ENV: dev ? 'development' : 'production',
    DATABASE_URL: options.databaseUrl,
    KEYBOND_DATA_DIR: options.dataDir,
    KEYBOND_URL: options.publicUrl,
    HOST: options.host,
    PORT: String(options.port),
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** The worker tells when it works. It is no condition for the mall being right, only for it being prompt. */
async function saidReady(worker: Child): Promise<void> {
  const ready = new Promise<void>((resolve) => worker.process.once('message', () => resolve()))
  await Promise.race([ready, worker.gone])
}

async function requireReady(children: readonly Child[], { port, host }: MallOptions, stop: AbortSignal): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS
  while (!stop.aborted) {
    const dead = children.find(({ process: { exitCode, signalCode } }) => exitCode !== null || signalCode !== null)
    if (dead) throw new ConfigError(`The ${dead.name} process ended while starting.\n${lastWords(dead)}`)
    if (await answers(`http://${localName(host)}:${port}/api/health`)) return
    if (Date.now() > giveUpAt) throw new ConfigError(`The web server does not answer on port ${port}; see the logs.`)
    await sleep(POLL_MS)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(30_000), redirect: 'manual' })
    return true
  } catch {
    // Nobody listens yet.
    return false
  }
}

/**
 * Next 16 calls every loopback address "localhost" inside a rewrite, and takes the rewrite for another server's address
 * when it was itself started on 127.0.0.1: an endless redirect on every page without a language prefix.
 */
function nextHost(host: string): string {
  return host === '127.0.0.1' ? 'localhost' : host
}

function localName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host.includes(':') ? '[::1]' : host
}
