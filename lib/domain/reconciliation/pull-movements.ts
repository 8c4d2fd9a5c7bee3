import { type TransferInput, postTransfers, providerClearing, providerCost } from '@/lib/domain/ledger'
import type { PaymentProvider, ProviderMovement } from '@/lib/domain/payments'
import { type InTransaction, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'

/** A provider's clock may differ from ours, and it may write a line a little later than the moment that it gives it. */
const OVERLAP_MS = HOUR_MS
/** How far the first pull reaches back at least. */
const FIRST_MS = 30 * DAY_MS

/**
 * Pulls the provider's own list of what moved our balance there, from an hour before the end of the last pull on (the first
 * time: a month, or from our first transaction with it, so that each has its line), and stores every line once. What the
 * provider keeps of a line is booked with it. Returns how many lines are new. A pull that breaks off is begun again from
 * where the last whole one ended. Throws `ProviderUnavailable`.
 */
export async function pullMovements(run: InTransaction, provider: PaymentProvider, now: Date): Promise<number> {
  const from = await run((tx) => pulledTo(tx, provider.name, now))
  const since = after(from, -OVERLAP_MS)
  let [cursor, news]: [string | null, number] = [null, 0]
  do {
    const page = await provider.listMovements({ since, cursor })
    news += await run((tx) => storeLines(tx, provider.name, page.movements, now))
    cursor = page.next
  } while (cursor !== null)
  const before = { provider: provider.name, pulledTo: { lt: now } }
  await run((tx) => tx.reconciliation.updateMany({ where: before, data: { pulledTo: now } }))
  return news
}

/** Up to where the list was pulled; opens the provider's row the first time. */
async function pulledTo(tx: Tx, provider: string, now: Date): Promise<Date> {
  const known = await tx.reconciliation.findUnique({ where: { provider }, select: { pulledTo: true } })
  if (known) return known.pulledTo
  const first = await tx.ledgerTransfer.findFirst({
    where: { externalRef: { startsWith: `${provider}:` } },
    orderBy: { at: 'asc' },
    select: { at: true },
  })
  const [month, ours] = [after(now, -FIRST_MS), after(first?.at ?? now, -DAY_MS)]
  const begin = ours < month ? ours : month
  const row = { provider, pulledTo: begin, startedAt: now, finishedAt: now }
  await tx.reconciliation.createMany({ data: [row], skipDuplicates: true })
  return begin
}

async function storeLines(
  tx: Tx,
  provider: string,
  movements: readonly ProviderMovement[],
  now: Date,
): Promise<number> {
  if (movements.length === 0) return 0
  const rows = movements.map(
    (line) => sql`
      (${newId()}::uuid, ${provider}, ${line.movementRef}, ${line.kind}, ${line.sourceRef}, ${line.providerRef},
       ${line.amountMinor}::int, ${line.feeMinor}::int, ${line.currency}, ${line.at}::timestamptz, ${now}::timestamptz)`,
  )
  const stored = await selectRows(
    tx,
    z.object({ movementRef: z.string(), feeMinor: z.number(), currency: z.string() }),
    sql`
      INSERT INTO provider_line (id, provider, "movementRef", kind, "sourceRef", "providerRef", "amountMinor", "feeMinor", currency, at, "seenAt")
      VALUES ${join(rows)} ON CONFLICT (provider, "movementRef") DO NOTHING
      RETURNING "movementRef", "feeMinor", currency`,
  )
  await postTransfers(
    tx,
    stored.map((line) => feePosting(provider, line)),
    now,
  )
  return stored.length
}

/**
 * The provider keeps its fee: cost of the provider -> clearing, so that clearing is what it holds for us. It is part of the
 * line, not a line of its own, and therefore has no externalRef.
 */
function feePosting(
  provider: string,
  { movementRef, feeMinor, currency }: Pick<ProviderMovement, 'movementRef' | 'feeMinor' | 'currency'>,
): TransferInput {
  return {
    key: `fee:${provider}:${movementRef}`,
    code: 'provider-fee',
    from: providerCost(provider, currency),
    to: providerClearing(provider, currency),
    amountMinor: feeMinor,
  }
}
