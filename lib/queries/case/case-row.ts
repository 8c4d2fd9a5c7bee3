import { z } from 'zod'
import { CASE_ENTRIES, FAILURES } from '@/lib/domain/complaints'
import { OrderSnapshot } from '@/lib/domain/orders'
import {
  ActorKind,
  CaseSide,
  ComplaintOutcome,
  ComplaintState,
  OrderStatus,
  Remedy,
  UnitResult,
} from '@/lib/infra/prisma/enums'
import { CURRENCIES } from '@/lib/kernel/money'

const Unit = z.object({
  cdkId: z.string(),
  /** The CDK is the order's n-th; the same on the order's page. The code itself is nowhere here. */
  position: z.number(),
  priceMinor: z.number(),
  open: z.boolean(),
  result: z.enum(UnitResult).nullable(),
  replacementId: z.string().nullable(),
  replacementPosition: z.number().nullable(),
  deliveredAt: z.coerce.date().nullable(),
  revealedAt: z.coerce.date().nullable(),
  expiresAt: z.coerce.date().nullable(),
})
export type CaseUnit = z.infer<typeof Unit>

const Entry = z.object({
  seq: z.number(),
  type: z.enum(CASE_ENTRIES),
  at: z.coerce.date(),
  actorKind: z.enum(ActorKind),
  /** Null once withdrawn from view. */
  body: z.unknown(),
  hidden: z.boolean(),
  /** Hex. */
  hash: z.string(),
})

const File = z.object({
  id: z.string(),
  side: z.enum(CaseSide),
  kind: z.string(),
  fileName: z.string(),
  contentType: z.string().nullable(),
  byteCount: z.number(),
  /** Hex. */
  sha256: z.string().nullable(),
  readyAt: z.coerce.date(),
})

const Ruling = z.object({
  appeal: z.boolean(),
  forBuyer: z.boolean(),
  reasons: z.string(),
  at: z.coerce.date(),
  /** Nobody ruled: the clock did. */
  byClock: z.boolean(),
  compensationMinor: z.number(),
  units: z.array(
    z.object({ cdkId: z.string(), result: z.enum(UnitResult), amountMinor: z.number().nullable().default(null) }),
  ),
})

const Penalty = z.object({
  tariff: z.string(),
  amountMinor: z.number(),
  takenMinor: z.number(),
  currency: z.enum(CURRENCIES),
  at: z.coerce.date(),
  returnedAt: z.coerce.date().nullable(),
})

export const CaseRow = z.object({
  id: z.string(),
  number: z.string(),
  merchantId: z.string(),
  failure: z.enum(FAILURES),
  demand: z.enum(Remedy),
  demandMinor: z.number().nullable(),
  /** Value at stake: what its units cost, or the compensation. */
  stakeMinor: z.number(),
  currency: z.enum(CURRENCIES),
  state: z.enum(ComplaintState),
  outcome: z.enum(ComplaintOutcome).nullable(),
  /** It keeps the order from release. */
  holds: z.boolean(),
  limited: z.boolean(),
  afterRelease: z.boolean(),
  dueAt: z.date().nullable(),
  escalateAt: z.date(),
  openedAt: z.date(),
  repliedAt: z.date().nullable(),
  askedAt: z.date().nullable(),
  escalatedAt: z.date().nullable(),
  ruledAt: z.date().nullable(),
  appealedAt: z.date().nullable(),
  appealBy: z.enum(CaseSide).nullable(),
  closedAt: z.date().nullable(),
  reopenedAt: z.date().nullable(),
  offer: z.object({ remedy: z.enum(Remedy), amountMinor: z.number().nullable().default(null) }).nullable(),
  /** Whether a ruling waits for the second signature. */
  proposed: z.boolean(),
  /** End of its hash chain, hex. */
  head: z.object({ seq: z.number(), hash: z.string() }),
  order: z.object({
    id: z.string(),
    number: z.string(),
    status: z.enum(OrderStatus),
    quantity: z.number(),
    totalMinor: z.number(),
    refundedMinor: z.number(),
    dueAt: z.coerce.date().nullable(),
    complainedAt: z.coerce.date().nullable(),
    frozenAt: z.coerce.date().nullable(),
    placedAt: z.coerce.date(),
    paidAt: z.coerce.date().nullable(),
    deliveredAt: z.coerce.date().nullable(),
    firstRevealedAt: z.coerce.date().nullable(),
    closedAt: z.coerce.date().nullable(),
    snapshotHash: z.string(),
    snapshot: OrderSnapshot,
  }),
  units: z.array(Unit),
  entries: z.array(Entry),
  /** How far each side has read: number of the last entry it saw. */
  reads: z.array(z.object({ side: z.enum(CaseSide), seq: z.number(), at: z.coerce.date() })),
  files: z.array(File),
  rulings: z.array(Ruling),
  penalties: z.array(Penalty),
})
