import { freezeBatch, sweepBatches } from '@/lib/domain/batches'
import type { Actor } from '@/lib/domain/actor'
import { db } from './database'
import { NOW, run } from './factories'

/** Somebody at the operators' desk. */
export const OPERATOR: Actor = { kind: 'OPERATOR', id: '019aa000-0000-7000-8000-0000000000f0' }

/** The one batch of a variant. */
export async function batchOf({ variantId }: { readonly variantId: string }): Promise<string> {
  const batches = await db.stockBatch.findMany({ where: { variantId }, select: { id: true } })
  const [batch, ...more] = batches
  if (!batch || more.length > 0) throw new Error(`${batches.length} batches`)
  return batch.id
}

export async function freeze(batchId: string, reason = '来源存疑', now = NOW): Promise<void> {
  await run((tx) => freezeBatch(tx, { batchId, reason }, OPERATOR, now))
}

/** The worker's loop once; what failed is thrown. */
export async function sweepOnce(now = NOW, window?: number) {
  const errors: unknown[] = []
  const report = await sweepBatches(run, now, (error) => errors.push(error), window)
  if (errors.length > 0) throw errors[0]
  return report
}

/** The states of a batch's CDKs, counted. */
export async function statesOf(batchId: string): Promise<Record<string, number>> {
  const groups = await db.cdk.groupBy({ by: ['state'], where: { batchId }, _count: true })
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]))
}
