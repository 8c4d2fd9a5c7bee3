import type { Actor } from '@/lib/domain/actor'
import { type JsonObject, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { type ChosenCdks, filterCdks } from './chosen-cdks'

/** The most CDKs of one export. */
export const MOST_EXPORTED = 200_000

/**
 * Opens an export of chosen CDKs that are available, counted now; `exportCdks` takes them out part by part. The caller has asked for
 * the password again. The row stays for good. Refuses `stock/not-available` when there are none, `stock/too-many-to-export`.
 */
export async function startExport(
  tx: Tx,
  { merchantId, chosen }: { readonly merchantId: string; readonly chosen: ChosenCdks },
  actor: Actor,
  now: Date,
): Promise<string> {
  invariant(actor.id, 'somebody exports')
  const which =
    'ids' in chosen
      ? sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${[...chosen.ids]}::uuid[])`
      : filterCdks(merchantId, chosen.filter, now)
  const [found] = await selectRows(
    tx,
    z.object({ count: z.number() }),
    sql`SELECT count(*)::int AS count FROM (
      SELECT 1 FROM cdk c WHERE ${which} AND c.state = 'AVAILABLE' LIMIT ${MOST_EXPORTED + 1}) counted`,
  )
  const count = found?.count ?? 0
  if (count === 0) throw new Refusal('stock/not-available')
  if (count > MOST_EXPORTED) throw new Refusal('stock/too-many-to-export', { most: MOST_EXPORTED })
  const id = newId()
  await tx.stockExport.create({
    data: { id, merchantId, userId: actor.id, filter: toJson(chosen), count, createdAt: now },
  })
  return id
}

function toJson(chosen: ChosenCdks): JsonObject {
  return 'ids' in chosen ? { ids: [...chosen.ids] } : { ...chosen.filter }
}
