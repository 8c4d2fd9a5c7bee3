import type { Prisma } from '@/lib/infra/prisma/client'
import { newId } from '@/lib/kernel/ids'
import type { MovementKind } from './protocol'

type Tx = Prisma.TransactionClient

/** One line of the list of everything that moved the shop's money. */
export interface Movement {
  readonly kind: MovementKind
  readonly sourceId: string
  /** Of a capture only. */
  readonly paymentId?: string
  /** Positive: in. Negative: out. */
  readonly amountMinor: number
  readonly currency: string
  readonly at: Date
}

/**
 * Writes lines into the list; the last thing a transaction does. One lock until the commit makes `seq` grow in the order
 * in which lines become visible, so that a reader behind a cursor never misses one that was slower to commit.
 */
export async function postMovements(tx: Tx, movements: readonly Movement[]): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('bank-movement', 0))`
  await tx.bankMovement.createMany({ data: movements.map((movement) => ({ id: newId(), ...movement })) })
}
