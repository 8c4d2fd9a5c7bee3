import { type ProviderNamed, ProviderUnavailable } from '@/lib/domain/payments'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { nextLookAt } from './next-look-at'
import type { OnSweepError } from './sweep'
import { syncCheckout } from './sync-checkout'

const LEASE_MS = 10 * MINUTE_MS
const BATCH = 100

const Look = z.object({ id: z.string(), expiresAt: z.date(), providerRef: z.string().nullable() })

/**
 * Looks checkouts up at the provider after their pay window, whatever became of their orders: a page of the provider may
 * stay payable, and the callback of a late or second payment may be lost with nobody coming back to look. What is found is
 * delivered or refunded by `recordPayment`. A row is leased for ten minutes before the provider is asked, so a killed
 * sweeper or a provider that is down only makes the look later. Returns how many captures were news.
 */
export async function lookAgain(
  run: InTransaction,
  providers: ProviderNamed,
  now: Date,
  onError: OnSweepError,
): Promise<number> {
  let news = 0
  for (const { id, expiresAt, providerRef } of await leaseLooks(run, now)) {
    try {
      if (providerRef !== null) {
        const { outcomes } = await syncCheckout(run, providers, id, now)
        news += outcomes.filter((outcome) => outcome !== 'known').length
      }
    } catch (error) {
      if (error instanceof ProviderUnavailable) return news
      // A refusal is an answer; anything else is our bug, told and tried again at the next look.
      if (!(error instanceof Refusal)) onError(error, `checkout ${id}`)
    }
    const lookAt = providerRef === null ? null : nextLookAt(expiresAt, now)
    await run((tx) => tx.checkout.update({ where: { id }, data: { lookAt } }))
  }
  return news
}

async function leaseLooks(run: InTransaction, now: Date) {
  return run((tx) =>
    selectRows(
      tx,
      Look,
      sql`
        UPDATE checkout SET "lookAt" = ${after(now, LEASE_MS)} WHERE id = ANY (ARRAY(
          SELECT id FROM checkout WHERE "lookAt" <= ${now} ORDER BY "lookAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
        RETURNING id, "expiresAt", "providerRef"`,
    ),
  )
}
