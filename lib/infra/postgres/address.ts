import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '@/lib/infra/env'
import { keptSecret } from '@/lib/infra/secrets'

/** Role and database of the application inside the embedded server. */
export const APP = 'keybond'

export function urlFor(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
}

/** Where a data folder says that its cluster was put when the data folder itself is closed to the database's user. */
export function noteFile(dataDir: string): string {
  return path.resolve(dataDir, 'postgres-folder')
}

/** The folder of the embedded server of a data folder, whether it was made already or not. */
export function findRoot(dataDir: string): string {
  const note = noteFile(dataDir)
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : path.resolve(dataDir, 'postgres')
}

export function rememberedPort(root: string): number | undefined {
  const file = path.join(root, 'port')
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) || undefined : undefined
}

/** The address of a data folder's embedded database without touching the server: for processes started beside it. */
export function embeddedDatabaseUrl(dataDir: string): string {
  const root = findRoot(dataDir)
  const port = rememberedPort(root)
  if (!port || !existsSync(path.join(root, 'app.key'))) {
    throw new ConfigError(`There is no database in ${path.resolve(dataDir)} yet; run npm start, or set DATABASE_URL.`)
  }
  return urlFor(APP, keptSecret(root, 'app.key'), port, APP)
}
