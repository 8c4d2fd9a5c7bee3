import { env } from '@/lib/infra/env'
import { embeddedDatabaseUrl } from '@/lib/infra/postgres/address'

/** The address of the database: the operator's DATABASE_URL, else the embedded one of the data folder (not started here). */
export function databaseUrl(): string {
  return env().DATABASE_URL ?? embeddedDatabaseUrl(env().KEYBOND_DATA_DIR)
}
