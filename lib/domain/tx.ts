import type { z } from 'zod'
import { Prisma } from '@/lib/infra/prisma/client'

/** An open transaction. Verbs never open one: the edge does, so that several verbs can share it. */
export type Tx = Prisma.TransactionClient

export const { sql, join, empty } = Prisma
export type Sql = Prisma.Sql

/** SQL's NULL for a JSON column. */
export const dbNull = Prisma.DbNull

/** A JSON object for a column. */
export type JsonObject = Prisma.InputJsonObject

/** Opens a transaction, runs `work` in it and retries it whole on a deadlock or serialization failure. */
export type InTransaction = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** Rows of a hand-written statement, parsed by `row`: the one place where raw SQL gets its types. */
export async function selectRows<Row>(tx: Tx, row: z.ZodType<Row>, statement: Sql): Promise<Row[]> {
  const rows = await tx.$queryRaw<unknown[]>(statement)
  return rows.map((raw) => row.parse(raw))
}
