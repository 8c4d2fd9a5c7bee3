import type { Bank } from './bank'
import { MovementKind, type MovementsAnswer } from './protocol'

const PAGE = 100

/** Everything that moved the shop's money from `since` on, behind `cursor`, in the order of posting, 100 a page. */
export async function listMovements(
  { db }: Bank,
  { since, cursor }: { readonly since: Date; readonly cursor: bigint },
): Promise<MovementsAnswer> {
  const found = await db.bankMovement.findMany({
    where: { at: { gte: since }, seq: { gt: cursor } },
    orderBy: { seq: 'asc' },
    take: PAGE + 1,
  })
  const page = found.slice(0, PAGE)
  const next = found.length > PAGE ? (page.at(-1)?.seq.toString() ?? null) : null
  const movements = page.map(({ id, kind, sourceId, paymentId, amountMinor, currency, at }) => ({
    id,
    kind: MovementKind.parse(kind),
    sourceId,
    paymentId,
    amountMinor,
    currency,
    at: at.toISOString(),
  }))
  return { movements, next }
}
