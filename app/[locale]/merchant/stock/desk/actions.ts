'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { type ChangedPart, moveCdks, restoreCdks, retireCdks } from '@/lib/domain/stock'
import type { Tx } from '@/lib/domain/tx'
import { db } from '@/lib/infra/db'
import { cdkVault } from '@/lib/infra/vault'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import type { CdkState } from '@/lib/infra/prisma/enums'
import { findByFingerprints, findMostSeats } from '@/lib/queries/merchant'
import { merchantAction } from '@/lib/web/action'
import { limit } from '@/lib/web/rate-limit'
import { DESK, DeskForm, chosenOf } from './desk-query'
import { printsOf } from './prints-of'

/** Parts of one submit: 20,000 CDKs. The form says that there are more and takes the next. */
const MOST_PARTS = 4

export interface FoundCdk {
  readonly id: string
  readonly state: CdkState
  readonly names: { readonly zh: string; readonly en: string | null }
}

/** Looks for a pasted code by its fingerprint; the code itself is kept nowhere. One CDK: to its page. */
export const searchStockAction = merchantAction(
  z.object({ secret: z.string().trim().min(1).max(2_000) }),
  async ({ secret }, { merchantId, locale }): Promise<{ found: readonly FoundCdk[] }> => {
    await limit('stock-search:merchant', merchantId)
    const seats = await findMostSeats(db(), merchantId)
    const rows = await findByFingerprints(db(), merchantId, printsOf(cdkVault(), secret, seats))
    const [only, ...more] = rows
    if (only && more.length === 0) redirect({ href: `${DESK}/${only.id}`, locale })
    return { found: rows.map(({ id, state, nameZh, nameEn }) => ({ id, state, names: { zh: nameZh, en: nameEn } })) }
  },
)

/** Retires, restores or moves what is chosen, a transaction a part. */
export const changeStockAction = merchantAction(
  DeskForm,
  async ({ act, to, ...form }, { merchantId, actor, run, now }): Promise<{ count: number; more: boolean }> => {
    const chosen = chosenOf(form)
    const told = { id: newId(), actor }
    const change = async (tx: Tx, after: string | null): Promise<ChangedPart> => {
      const part = { merchantId, chosen, after }
      if (act === 'retire') return retireCdks(tx, part, told, now)
      if (act === 'restore') return restoreCdks(tx, part, told, now)
      if (to === undefined) throw new Refusal('stock/not-movable')
      return moveCdks(tx, { ...part, variantId: to }, told, now)
    }
    let count = 0
    let after: string | null = null
    for (let parts = 0; parts < MOST_PARTS && (parts === 0 || after !== null); parts++) {
      const behind = after
      const done: ChangedPart = await run(async (tx) => change(tx, behind))
      count += done.count
      after = done.last
    }
    revalidatePath('/[locale]/merchant', 'layout')
    return { count, more: after !== null }
  },
)
