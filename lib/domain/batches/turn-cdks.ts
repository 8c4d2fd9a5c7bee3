import { type Actor, SYSTEM } from '@/lib/domain/actor'
import { changeCdks } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/** CDKs that one transaction goes through: long enough to be quick, short enough to be waited for. */
export const WINDOW = 5_000

/** Before the first id. */
export const START = '00000000-0000-0000-0000-000000000000'

const Flags = z.object({
  merchantId: z.string(),
  target: z.enum(['FROZEN', 'RETIRED', 'AVAILABLE']),
  frozenById: z.string().nullable(),
})
const Row = z.object({ id: z.string() })

const EVENT = { FROZEN: 'frozen', RETIRED: 'retired', AVAILABLE: 'restored' } as const

export interface Turned {
  readonly to: keyof typeof EVENT
  readonly count: number
  /** Orders that hold delivered CDKs of this part; only of a frozen batch. */
  readonly orderIds: readonly string[]
  /** Where the next part begins; null when this was the last. */
  readonly last: string | null
}

/**
 * Gives the next CDKs of a batch behind `after` the state that its flags want now. The batch's row is held, so a freeze or its end
 * comes before or after this part, never in it. Only what is unsold turns: a CDK in an order's hands is the order's matter.
 */
export async function turnCdks(
  tx: Tx,
  { batchId, after, now, window = WINDOW }: { batchId: string; after: string; now: Date; window?: number },
): Promise<Turned> {
  const [batch] = await selectRows(
    tx,
    Flags,
    sql`
      SELECT "merchantId", "frozenById",
             CASE WHEN "frozenAt" IS NOT NULL THEN 'FROZEN' WHEN "retiredAt" IS NOT NULL THEN 'RETIRED' ELSE 'AVAILABLE' END AS target
      FROM stock_batch WHERE id = ${batchId}::uuid FOR SHARE`,
  )
  if (!batch) return { to: 'AVAILABLE', count: 0, orderIds: [], last: null }
  const { merchantId, target, frozenById } = batch
  const behind = sql`"batchId" = ${batchId}::uuid AND id > ${after}::uuid`
  const [end] = await selectRows(
    tx,
    Row,
    sql`SELECT id FROM cdk WHERE ${behind} ORDER BY id OFFSET ${window - 1} LIMIT 1`,
  )
  const last = end?.id ?? null
  const part = sql`c."batchId" = ${batchId}::uuid AND c.id > ${after}::uuid AND (${last}::uuid IS NULL OR c.id <= ${last}::uuid)`
  const actor: Actor = target === 'FROZEN' ? { kind: 'OPERATOR', id: frozenById } : SYSTEM
  const count = await changeCdks(
    tx,
    {
      set: sql`state = ${target}::"CdkState"`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND ${part} AND c.state IN ('AVAILABLE', 'FROZEN') AND c.state <> ${target}::"CdkState"`,
    },
    { type: EVENT[target], actor, scopeId: batchId, details: { batchId }, now },
  )
  const orderIds = target === 'FROZEN' ? await holders(tx, part) : []
  return { to: target, count, orderIds, last }
}

async function holders(tx: Tx, part: ReturnType<typeof sql>): Promise<readonly string[]> {
  const rows = await selectRows(
    tx,
    Row,
    sql`SELECT DISTINCT c."orderId" AS id FROM cdk c WHERE ${part} AND c.state = 'DELIVERED' ORDER BY 1`,
  )
  return rows.map(({ id }) => id)
}
