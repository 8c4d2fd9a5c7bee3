import type { Actor } from '@/lib/domain/actor'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'
import { changeCdks } from './change-cdks'
import { claimCdks } from './claim-cdks'

interface Holder {
  readonly merchantId: string
  readonly variantId: string
  readonly orderId: string
  /** What this buyer was promised. */
  readonly validityDays: number
}

/**
 * Retires delivered CDKs of an order and delivers others of its variant in their place; as many as stock has, in the order of `cdkIds`.
 * Each retired one tells in its chain by which it was replaced. The caller holds the order's row.
 */
export async function swapCdks(
  tx: Tx,
  { merchantId, variantId, orderId, validityDays }: Holder,
  cdkIds: readonly string[],
  actor: Actor,
  now: Date,
): Promise<readonly { readonly cdkId: string; readonly by: string }[]> {
  const held = await idsOf(tx, sql`state = 'DELIVERED' AND id = ANY (${[...cdkIds]}::uuid[])`, { merchantId, orderId })
  const bad = cdkIds.filter((id) => held.includes(id))
  if (bad.length === 0) return []
  const claimed = await claimCdks(tx, {
    merchantId,
    variantId,
    orderId,
    quantity: bad.length,
    actor,
    until: now,
    validityDays,
    now,
  })
  if (claimed === 0) return []
  const fresh = await idsOf(tx, sql`state = 'RESERVED'`, { merchantId, orderId })
  invariant(fresh.length === claimed, `order ${orderId} claimed ${claimed} CDKs, holds ${fresh.length}`)
  await changeCdks(
    tx,
    {
      set: sql`state = 'DELIVERED', "deliveredAt" = ${now}`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${fresh}::uuid[]) AND c.state = 'RESERVED'`,
    },
    { type: 'delivered', actor, scopeId: orderId, details: { orderId }, now },
  )
  const pairs = fresh.flatMap((by, at) => {
    const cdkId = bad[at]
    return cdkId === undefined ? [] : [{ cdkId, by }]
  })
  for (const { cdkId, by } of pairs) {
    await changeCdks(
      tx,
      {
        set: sql`state = 'RETIRED'`,
        where: sql`c."merchantId" = ${merchantId}::uuid AND c.id = ${cdkId}::uuid AND c.state = 'DELIVERED'`,
      },
      { type: 'replaced', actor, scopeId: orderId, details: { orderId, by }, now },
    )
  }
  return pairs
}

async function idsOf(
  tx: Tx,
  which: ReturnType<typeof sql>,
  { merchantId, orderId }: { readonly merchantId: string; readonly orderId: string },
): Promise<string[]> {
  const rows = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      SELECT id FROM cdk WHERE "merchantId" = ${merchantId}::uuid AND "orderId" = ${orderId}::uuid AND ${which}
      ORDER BY id FOR UPDATE`,
  )
  return rows.map(({ id }) => id)
}
