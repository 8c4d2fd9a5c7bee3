import { z } from 'zod'
import { type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { Prisma } from '@/lib/infra/prisma/client'

/** Every table whose rows hold a key wrapped by the master key; a test compares it with the database's columns. */
export const WRAPPED_KEY_TABLES = ['evidence_file', 'stock_batch', 'stock_import'] as const
export type WrappedKeyTable = (typeof WRAPPED_KEY_TABLES)[number]

/** How many rows are wrapped under each version of the master key. */
export async function masterKeysInUse(tx: Tx): Promise<ReadonlyMap<number, number>> {
  const each = WRAPPED_KEY_TABLES.map((table) => sql`SELECT "masterKeyVersion" FROM ${Prisma.raw(table)}`)
  const rows = await selectRows(
    tx,
    z.object({ version: z.number(), count: z.number() }),
    sql`SELECT "masterKeyVersion" AS version, count(*)::int AS count FROM (${join(each, ' UNION ALL ')}) AS wrapped GROUP BY 1 ORDER BY 1`,
  )
  return new Map(rows.map(({ version, count }) => [version, count]))
}
