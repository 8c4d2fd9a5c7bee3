import type { Tx } from '@/lib/domain/tx'
import type { Db } from '@/lib/infra/db'
import { MINUTE_MS } from '@/lib/kernel/time'

const LONGEST_MS = 30 * MINUTE_MS

/** Reads one moment of the database, however long it takes and whatever is written meanwhile; nothing can be written in it. */
export async function inSnapshot<T>(client: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return client.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`
      return work(tx)
    },
    { isolationLevel: 'RepeatableRead', timeout: LONGEST_MS, maxWait: MINUTE_MS },
  )
}
