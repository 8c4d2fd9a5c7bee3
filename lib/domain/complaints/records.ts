import type { PaidOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { z } from 'zod'
import { FAILURE_STANDARD, type Failure } from './failure-standard'
import { recordsOfAttributes } from './records-of-attributes'
import { recordsOfCaptures } from './records-of-captures'
import { recordsOfCharge } from './records-of-charge'
import { recordsOfExpiry } from './records-of-expiry'
import { recordsOfSales } from './records-of-sales'

const at = z.iso.datetime()
const ofCdk = { cdkId: z.string(), at }

/**
 * What our own records say, as a case shows it to both sides: which record and its time (ISO, UTC); never anything of another buyer or
 * merchant, never a code.
 */
export const RecordFact = z.discriminatedUnion('record', [
  /** The same code was delivered to somebody else then. */
  z.object({ record: z.literal('SOLD_BEFORE'), ...ofCdk }),
  /** Somebody looked at this very CDK then, under another order. */
  z.object({ record: z.literal('SEEN_BEFORE'), ...ofCdk }),
  /** The merchant had taken it out of the vault in plain text. */
  z.object({ record: z.literal('EXPORTED_BEFORE'), ...ofCdk }),
  /** `at`: when the code ends; it was to last `promisedDays` from its delivery. */
  z.object({ record: z.literal('EXPIRED'), ...ofCdk, deliveredAt: at, promisedDays: z.int() }),
  /** The listing said `delivered` when the code came into stock (`at`), and `promised` when it was bought. */
  z.object({
    record: z.literal('ATTRIBUTES_DIFFER'),
    ...ofCdk,
    attribute: z.string(),
    promised: z.string(),
    delivered: z.string(),
  }),
  /** A second capture of the same checkout, and its way back. */
  z.object({
    record: z.literal('TWO_CAPTURES'),
    cdkId: z.null(),
    at,
    amountMinor: z.int(),
    reference: z.string(),
    refund: z.object({ status: z.string(), settledAt: at.nullable(), reference: z.string().nullable() }),
  }),
  /** Charged above what the order says that it costs. */
  z.object({
    record: z.literal('CHARGED_MORE'),
    cdkId: z.null(),
    at,
    agreedMinor: z.int(),
    chargedMinor: z.int(),
    amountMinor: z.int(),
  }),
])
export type RecordFact = z.infer<typeof RecordFact>

/** Whose CDKs are looked at: ids that are not this order's find nothing. */
export interface RecordsAsked {
  readonly order: Pick<PaidOrder, 'id' | 'merchantId'>
  readonly failure: Failure
  readonly cdkIds: readonly string[]
}

/**
 * The facts by which a failure is decided without anybody (FAILURE_STANDARD, `recordsDecide`): at most one per CDK, or those of the
 * charge; none when the records do not decide. One statement a record; the caller holds the order's row.
 */
export async function recordsOf(tx: Tx, asked: RecordsAsked): Promise<readonly RecordFact[]> {
  switch (FAILURE_STANDARD[asked.failure].recordsDecide) {
    case 'FINGERPRINT_SOLD_BEFORE':
      return recordsOfSales(tx, asked)
    case 'EXPIRED_AT_DELIVERY':
      return recordsOfExpiry(tx, asked)
    case 'ATTRIBUTES_DIFFER':
      return recordsOfAttributes(tx, asked)
    case 'TWO_CAPTURES':
      return recordsOfCaptures(tx, asked)
    case 'CHARGED_MORE':
      return recordsOfCharge(tx, asked)
    // Of an order that was delivered nothing is left to say; one that was not is refunded, not complained about (`openAndRule`).
    case 'NO_DELIVERY':
    case null:
      return []
  }
}
