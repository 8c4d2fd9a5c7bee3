import { randomBytes } from 'node:crypto'
import { type Db, inTransaction } from '@/lib/infra/db'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import type { Mall } from '@/lib/seed/mall'

/** A small demo mall to be filled, on keys of its own, ending at `now`. */
export function aSmallMall(db: Db, now: Date): Mall {
  return {
    db,
    now,
    run: (work) => inTransaction(db, work),
    vault: createCdkVault(randomBytes(32), randomBytes(32)),
    bankKey: randomBytes(32),
    origin: 'http://mall.example.com',
    innerOrigin: 'http://127.0.0.1:3000',
    stockShare: 0.2,
    orderShare: 0.15,
  }
}
