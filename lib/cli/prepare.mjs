import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, step, Stop } from './progress.mjs'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BIN = path.join(ROOT, 'node_modules', '.bin')

/** Node 24 as npm installed it: everything after the installation runs on it, whatever the machine has. */
export const NODE = path.join(BIN, process.platform === 'win32' ? 'node.exe' : 'node')

// Prisma's command asks for an engine binary that it never uses here; an existing file keeps it from downloading one.
const NO_DOWNLOAD = { PRISMA_SCHEMA_ENGINE_BINARY: path.join(ROOT, 'package.json'), PRISMA_HIDE_UPDATE_MESSAGE: '1' }

/** Goes to the project's folder, refuses an old Node, and lets what npm installed come first in PATH. */
export function enterProject() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Stop(`Keybond needs Node 20.19 or newer to start; this is ${process.versions.node}.`)
  }
  process.chdir(ROOT)
  process.env.PATH = `${BIN}${path.delimiter}${process.env.PATH ?? ''}`
  if (existsSync('.env')) process.loadEnvFile('.env')
}

/** Installs the packages when what is in node_modules is not what package-lock.json says. */
export async function install() {
  if (isInstalled()) return
  requireWritable('.')
  await step('install packages', () =>
    run('npm', ['ci', '--no-audit', '--no-fund'], { env: NO_DOWNLOAD, what: 'npm ci' }),
  )
}

function isInstalled() {
  if (!existsSync(NODE) || !existsSync('node_modules/.package-lock.json')) return false
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf('node_modules/.package-lock.json')
  // Packages for other platforms are in the lock file and not on the disk.
  return Object.entries(wanted).every(([name, { version, optional }]) =>
    name === '' ? true : name in present ? present[name]?.version === version : optional === true,
  )
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(file) {
  /** @type {{ packages: Record<string, { version?: string, optional?: boolean }> }} */
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return packages
}

/** Makes the Prisma client when the schema is not the one it was made from. */
export async function generate() {
  const hash = hashOf(['prisma/schema', 'package-lock.json'])
  const stamp = 'lib/infra/prisma/made-from.txt'
  if (existsSync('lib/infra/prisma/client.ts') && stampSays(stamp, hash)) return
  requireWritable('lib/infra')
  const config = path.join('prisma', 'schema')
  await step('generate the database client', () =>
    run(NODE, ['node_modules/prisma/build/index.js', 'generate', '--schema', config], {
      env: NO_DOWNLOAD,
      what: 'prisma generate',
    }),
  )
  writeFileSync(stamp, hash)
}

const BUILD_INPUTS =
  'app components i18n lib messages public prisma/schema package-lock.json next.config.ts postcss.config.mjs proxy.ts tsconfig.json'

/** Builds the web application for production when a source has changed since the last build. */
export async function build() {
  const hash = hashOf(BUILD_INPUTS.split(' ').filter((input) => existsSync(input)))
  const stamp = '.next/made-from.txt'
  if (existsSync('.next/BUILD_ID') && stampSays(stamp, hash)) return
  requireWritable('.')
  // Without the stamp a build that is interrupted cannot be taken for a whole one.
  rmSync(stamp, { force: true })
  await step('build the web application', () =>
    run(NODE, ['node_modules/next/dist/bin/next', 'build'], { env: { NODE_ENV: 'production' }, what: 'next build' }),
  )
  writeFileSync(stamp, hash)
}

/**
 * @param {string} file
 * @param {string} hash
 */
function stampSays(file, hash) {
  return existsSync(file) && readFileSync(file, 'utf8') === hash
}

/**
 * One hash over the contents of files and folders.
 *
 * @param {string[]} inputs
 */
function hashOf(inputs) {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of filesUnder(input)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} at
 * @returns {string[]}
 */
function filesUnder(at) {
  if (!statSync(at).isDirectory()) return [at]
  if (at === path.join('lib', 'infra', 'prisma') || at === path.join('lib', 'cli')) return []
  return readdirSync(at)
    .sort()
    .flatMap((name) => filesUnder(path.join(at, name)))
}

/** @param {string} folder */
export function requireWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    const probe = path.join(folder, `.write-probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Stop(
      `The folder ${path.resolve(folder)} cannot be written (${code}); make it writable or use a copy elsewhere.`,
    )
  }
}
