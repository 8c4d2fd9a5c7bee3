import type { z } from 'zod'
import type { Sql } from '@/lib/domain/tx'

/**
 * A transaction on a plain connection, for what goes in by the ten thousand: Prisma knows no COPY. Implemented in
 * lib/infra/bulk-db.ts; handed in. Rows are parsed as in `selectRows`.
 */
export interface BulkTx {
  select<Row>(row: z.ZodType<Row>, statement: Sql): Promise<Row[]>
  /** Returns how many rows it changed. */
  change(statement: Sql): Promise<number>
  /** `COPY ... FROM STDIN (FORMAT binary)`; the pieces one after another are the whole stream. Throws CopyConflict. */
  copy(statement: string, pieces: readonly Uint8Array[]): Promise<void>
}

/** Runs work in one such transaction, retried whole on a deadlock or serialization failure. */
export type InBulkTransaction = <T>(work: (tx: BulkTx) => Promise<T>) => Promise<T>

/** A row of a COPY was there already (unique violation): somebody committed it since it was looked up. Look again. */
export class CopyConflict extends Error {
  override readonly name = 'CopyConflict'

  constructor(cause: unknown) {
    super('a row was there already', { cause })
  }
}
