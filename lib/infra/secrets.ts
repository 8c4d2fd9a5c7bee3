import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { ConfigError, env } from '@/lib/infra/env'

const VARIABLE = {
  session: 'KEYBOND_SESSION_SECRET',
  master: 'KEYBOND_MASTER_KEY',
  fingerprint: 'KEYBOND_FINGERPRINT_KEY',
  log: 'KEYBOND_LOG_KEY',
  bank: 'KEYBOND_BANK_KEY',
} as const

export type SecretName = keyof typeof VARIABLE
/** Those that a start makes when they are not there. The master key is made, or missed, by `checkKeys`. */
export const SECRET_NAMES: readonly SecretName[] = ['session', 'fingerprint', 'log', 'bank']

/** Secrets that are rotated: version 1 is the secret of this name, the next ones are `<name>-2.key` or `KEYBOND_..._KEY_2`. */
export type RotatedName = 'master' | 'log'

const KEY_BYTES = 32
const kept = new Map<string, Buffer>()

/**
 * The 32 bytes of a secret: from the environment, else from `<data dir>/secrets/<name>.key`, made on first use. Processes
 * that race for the first use all get the same bytes. Never log or print the result.
 */
export function secret(name: SecretName): Buffer {
  let bytes = kept.get(name)
  if (!bytes) {
    bytes = env()[VARIABLE[name]] ?? Buffer.from(keptSecret(secretsDir(env().KEYBOND_DATA_DIR), `${name}.key`), 'hex')
    kept.set(name, bytes)
  }
  return bytes
}

/** Whether this secret would have to be made now: start-up asks before it opens a database that already holds data. */
export function secretIsMissing(name: SecretName): boolean {
  return !env()[VARIABLE[name]] && readIfThere(fileOf(name)) === undefined
}

/**
 * One version of a rotated secret, or null: nothing is ever made here. A version that another process made a moment ago is found,
 * because the folder is asked for every version that is not in memory yet. Never log or print the result.
 */
export function secretVersion(name: RotatedName, version: number): Buffer | null {
  const memory = `${name}-${version}`
  const bytes = kept.get(memory) ?? fromOutside(name, version) ?? fromFile(name, version)
  if (bytes) kept.set(memory, bytes)
  return bytes
}

/** The versions that are here, in memory only not counted, ascending. */
export function secretVersions(name: RotatedName): number[] {
  const outside = [...env().laterKeys.keys()].map((variable) => numberAfter(`${VARIABLE[name]}_`, variable))
  if (env()[VARIABLE[name]]) outside.push(1)
  const files = filesIn(secretsDir(env().KEYBOND_DATA_DIR)).map((file) =>
    file === `${name}.key` ? 1 : file.endsWith('.key') ? numberAfter(`${name}-`, file.slice(0, -'.key'.length)) : null,
  )
  const found = [...outside, ...files].filter((version) => version !== null)
  return [...new Set(found)].toSorted((one, other) => one - other)
}

/** The version that whatever is made from now on is made under; null when there is none at all. */
export function newestVersion(name: RotatedName): number | null {
  return secretVersions(name).at(-1) ?? null
}

/** Whether a version comes from the environment, where a command cannot put the next one. */
export function isFromOutside(name: RotatedName, version: number): boolean {
  return fromOutside(name, version) !== null
}

/** Makes the file of a version, unless it is there already; the others are never touched. */
export function makeVersion(name: RotatedName, version: number): Buffer {
  keptSecret(secretsDir(env().KEYBOND_DATA_DIR), `${versionName(name, version)}.key`)
  const made = secretVersion(name, version)
  if (!made) throw new ConfigError(`The secret ${versionName(name, version)}.key vanished while it was being made.`)
  return made
}

/** `master`, `master-2`: the file's name without its ending. */
export function versionName(name: RotatedName, version: number): string {
  return version === 1 ? name : `${name}-${version}`
}

/** The name in the environment. */
export function versionVariable(name: RotatedName, version: number): string {
  return version === 1 ? VARIABLE[name] : `${VARIABLE[name]}_${version}`
}

function fromOutside(name: RotatedName, version: number): Buffer | null {
  const variable = versionVariable(name, version)
  return (version === 1 ? env()[VARIABLE[name]] : env().laterKeys.get(variable)) ?? null
}

function fromFile(name: RotatedName, version: number): Buffer | null {
  const text = readIfThere(fileOf(versionName(name, version)))
  return text === undefined ? null : Buffer.from(text, 'hex')
}

function fileOf(name: string): string {
  return path.join(secretsDir(env().KEYBOND_DATA_DIR), `${name}.key`)
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(/* turbopackIgnore: true */ dir)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw new ConfigError(`Cannot read the secrets in ${dir}: ${reason(error)}.`)
  }
}

/** `master-12` is 12 after `master-`; anything but a number from 2 on is no version. */
function numberAfter(start: string, name: string): number | null {
  const digits = name.startsWith(start) ? name.slice(start.length) : ''
  return /^(?:[2-9]|[1-9]\d{1,3})$/.test(digits) ? Number(digits) : null
}

export function secretsDir(dataDir: string): string {
  return path.resolve(dataDir, 'secrets')
}

/**
 * Reads a generated secret (64 hex digits) or makes it, mode 0600 in a folder of mode 0700. It is written aside, flushed
 * and then hard-linked to its name: a link either appears whole or not at all, and the loser of a race reads the winner's.
 */
export function keptSecret(dir: string, file: string): string {
  const target = path.join(dir, file)
  const found = readIfThere(target)
  if (found !== undefined) return found

  const aside = `${target}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    // The comment keeps the bundler from taking every file of the project for a part of the server.
    const handle = openSync(/* turbopackIgnore: true */ aside, 'wx', 0o600)
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('hex')}\n`)
    fsyncSync(handle)
    closeSync(handle)
    try {
      linkSync(aside, target)
      flushFolder(dir)
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
    } finally {
      unlinkSync(aside)
    }
  } catch (error) {
    throw new ConfigError(`Cannot write the generated secrets into ${dir}: ${reason(error)}.`)
  }
  const made = readIfThere(target)
  if (made === undefined) throw new ConfigError(`The secret ${target} vanished while it was being made.`)
  return made
}

/** So that the name outlives a power cut: what is sealed under a key may be on the disk before it. Windows opens no folders. */
function flushFolder(dir: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(/* turbopackIgnore: true */ dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function readIfThere(file: string): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw new ConfigError(`Cannot read the secret ${file}: ${reason(error)}.`)
  }
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new ConfigError(`The secret ${file} is damaged (64 hex digits expected); put it back from a backup.`)
  }
  return text
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
