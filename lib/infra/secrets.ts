import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
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
export const SECRET_NAMES: readonly SecretName[] = ['session', 'master', 'fingerprint', 'log', 'bank']

const KEY_BYTES = 32
const kept = new Map<SecretName, Buffer>()

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
  return (
    !env()[VARIABLE[name]] && readIfThere(path.join(secretsDir(env().KEYBOND_DATA_DIR), `${name}.key`)) === undefined
  )
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
