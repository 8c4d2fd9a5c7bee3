import { type Db, db } from '@/lib/infra/db'
import { ownOrigins } from '@/lib/infra/own-origins'
import { secret } from '@/lib/infra/secrets'
import type { Bank } from './bank'

/** The bank of this installation: same server and database, own tables. */
export function thisBank(client: Db = db()): Bank {
  return {
    db: client,
    key: secret('bank'),
    shopOrigins: ownOrigins(),
    fetch: globalThis.fetch,
    clock: () => new Date(),
  }
}
