import { execFileSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '@/lib/infra/env'

/** Whose rights PostgreSQL runs with; `undefined` means our own. */
export type OsUser = { uid: number; gid: number } | undefined

/** PostgreSQL refuses to run as root: then it runs as `postgres`, made when missing, or as `nobody` where none can be made. */
export function postgresOsUser(): OsUser {
  if (process.getuid?.() !== 0) return undefined
  const existing = lookUp('postgres')
  if (existing) return existing
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' })
  } catch {
    // No useradd on this system, or /etc is read-only: `nobody` is there everywhere.
    return requireUser('nobody')
  }
  return requireUser('postgres')
}

function requireUser(name: string): OsUser {
  const found = lookUp(name)
  if (found) return found
  throw new ConfigError(
    'PostgreSQL does not run as root and no other user could be made; start Keybond as an ordinary user.',
  )
}

function lookUp(name: string): OsUser {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

export function giveTo(user: OsUser, folder: string): void {
  if (user) chownSync(folder, user.uid, user.gid)
}

/** Whether that user may walk down to a path: a clone under /root, for one, is closed to everybody else. */
export function canReach(user: OsUser, target: string): boolean {
  if (!user) return true
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (at === path.dirname(at)) return true
  }
}
