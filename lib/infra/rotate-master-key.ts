import { z } from 'zod'
import type { CdkVault } from '@/lib/domain/stock'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type Db, inTransaction } from '@/lib/infra/db'
import { ConfigError } from '@/lib/infra/env'
import { checkKeys } from '@/lib/infra/key-check'
import { WRAPPED_KEY_TABLES, type WrappedKeyTable, masterKeysInUse } from '@/lib/infra/master-key-use'
import { Prisma } from '@/lib/infra/prisma/client'
import { isFromOutside, makeVersion, newestVersion, versionVariable } from '@/lib/infra/secrets'
import { invariant } from '@/lib/kernel/invariant'

const CHUNK = 100

const Wrapped = z.object({ id: z.string(), wrappedKey: z.instanceof(Uint8Array), masterKeyVersion: z.number() })

/** What a rotation is at. */
export interface Rotation {
  readonly version: number
  /** An earlier one goes on: its key was there and not everything under it. */
  readonly resumed: boolean
}

/**
 * The version to wrap everything under: the newest, while anything is still under an older one (a rotation that was cut off
 * goes on), else the next, made and recorded here. Refuses when a key that the database knows is lost, and when the key comes from
 * the environment, where only the operator can put the next one.
 */
export async function beginRotation(db: Db, now: Date): Promise<Rotation> {
  await checkKeys(db, now)
  const newest = newestVersion('master')
  invariant(newest !== null, 'checkKeys leaves a master key behind')
  const inUse = await masterKeysInUse(db)
  if ([...inUse.keys()].some((version) => version < newest)) return { version: newest, resumed: true }
  const next = newest + 1
  if (isFromOutside('master', newest)) {
    throw new ConfigError(
      `The master key comes from the environment: set ${versionVariable('master', next)} (32 bytes) for every process of the mall, start them again and run this command again.`,
    )
  }
  makeVersion('master', next)
  await checkKeys(db, now)
  return { version: next, resumed: false }
}

/**
 * Wraps every key that is under an older version under `version`, a chunk a transaction, and says how many; `tell` hears of each
 * chunk. The mall may sell meanwhile: a data key stays the same, and a row changes key and version at once. Cut off, what is done
 * stays done; run by two at once, each row is wrapped by one of them.
 */
export async function rewrapKeys(
  db: Db,
  vault: Pick<CdkVault, 'rewrapBatchKey'>,
  version: number,
  tell: (done: number) => void = () => undefined,
): Promise<number> {
  const run: InTransaction = (work) => inTransaction(db, work)
  let done = 0
  for (const table of WRAPPED_KEY_TABLES) {
    let found: number
    do {
      found = await run((tx) => rewrapChunk(tx, vault, table, version))
      done += found
      if (found > 0) tell(done)
    } while (found > 0)
  }
  return done
}

async function rewrapChunk(
  tx: Tx,
  vault: Pick<CdkVault, 'rewrapBatchKey'>,
  table: WrappedKeyTable,
  version: number,
): Promise<number> {
  const name = Prisma.raw(table)
  const rows = await selectRows(
    tx,
    Wrapped,
    sql`SELECT id, "wrappedKey", "masterKeyVersion" FROM ${name} WHERE "masterKeyVersion" < ${version}
        ORDER BY id LIMIT ${CHUNK} FOR NO KEY UPDATE`,
  )
  for (const { id, wrappedKey, masterKeyVersion } of rows) {
    const anew = vault.rewrapBatchKey(wrappedKey, masterKeyVersion)
    invariant(anew.masterKeyVersion >= version, `master key ${version} is not the one that is wrapped under`)
    const changed = await tx.$executeRaw(sql`
      UPDATE ${name} SET "wrappedKey" = ${anew.wrappedKey}, "masterKeyVersion" = ${anew.masterKeyVersion}
      WHERE id = ${id}::uuid AND "masterKeyVersion" = ${masterKeyVersion}`)
    invariant(changed === 1, `${table} ${id} was locked and changed its key`)
  }
  return rows.length
}
