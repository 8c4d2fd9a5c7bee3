import {
  type PaymentProvider,
  type ProviderNamed,
  ProviderRefused,
  type ProviderTransfer,
  ProviderUnavailable,
  backoff,
  requireProvider,
} from '@/lib/domain/payments'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { type TransferNews, bookTransfer } from './book-transfer'

/** How far the provider's clock may be behind ours. */
const CLOCK_SKEW_MS = HOUR_MS

/**
 * Asks the provider to send one payout, or what became of it, and books the answer. Safe to call from several workers at
 * once: the provider knows the payout's id, and each answer is booked once. The row is put off (10 s, doubling up to 1 h)
 * before the provider is asked, so a provider that is down, or we, killed, only make it later. A transfer that is declined
 * or refused makes the money available again. Returns whether the payout is at its end; throws what is no
 * `ProviderUnavailable`.
 */
export async function settlePayout(
  run: InTransaction,
  providers: ProviderNamed,
  payoutId: string,
  now: Date,
): Promise<boolean> {
  const payout = await run((tx) => leasePayout(tx, payoutId, now))
  if (!payout) return run(async (tx) => (await tx.payout.count({ where: { id: payoutId } })) > 0)
  try {
    const news = await ask(requireProvider(providers, payout.provider), payout)
    return await run((tx) => bookTransfer(tx, payoutId, news, now))
  } catch (error) {
    const lastError = reasonOf(error).slice(0, 200)
    await run((tx) => tx.payout.updateMany({ where: { id: payoutId, dueAt: { not: null } }, data: { lastError } }))
    if (!(error instanceof ProviderUnavailable)) throw error
    return false
  }
}

type Leased = NonNullable<Awaited<ReturnType<typeof leasePayout>>>

/** Counts the call that is about to be made and puts the row off; null when there is nothing to ask (any more). */
async function leasePayout(tx: Tx, id: string, now: Date) {
  const open = { id, status: { in: ['PENDING' as const, 'SENT' as const] } }
  const found = await tx.payout.findFirst({ where: open, select: { attempts: true } })
  if (!found) return null
  const [leased] = await tx.payout.updateManyAndReturn({
    where: open,
    data: { attempts: { increment: 1 }, dueAt: after(now, backoff(found.attempts)) },
  })
  return leased ?? null
}

async function ask(provider: PaymentProvider, payout: Leased): Promise<TransferNews> {
  const { id, accountRef, amountMinor } = payout
  if (payout.transferRef !== null) {
    const found = await provider.fetchTransfer(payout.transferRef)
    if (!found) throw new ProviderUnavailable(`${provider.name} does not know its transfer ${payout.transferRef}`)
    return { ...found, left: true }
  }
  const retry = payout.attempts > 1
  const currency = z.enum(CURRENCIES).parse(payout.currency)
  try {
    const made = await provider.transfer({ payoutId: id, accountRef, amountMinor, currency, retry })
    // The answer to an earlier call may have been lost and the money sent back since.
    const left = made.status !== 'failed' || (retry && (await everLeft(provider, made, payout.createdAt)))
    return { ...made, left }
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    return { transferRef: null, status: 'failed', failure: error.message, left: false }
  }
}

/** Whether the provider's own list has the money of a transfer going out. */
async function everLeft(provider: PaymentProvider, { transferRef }: ProviderTransfer, at: Date): Promise<boolean> {
  const since = after(at, -CLOCK_SKEW_MS)
  let cursor: string | null = null
  do {
    const { movements, next } = await provider.listMovements({ since, cursor })
    if (movements.some(({ kind, sourceRef }) => kind === 'transfer' && sourceRef === transferRef)) return true
    cursor = next
  } while (cursor !== null)
  return false
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
