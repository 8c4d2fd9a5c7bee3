'use server'

import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { buyerKeyOf } from '@/lib/domain/coupons'
import { type DraftAnswers, findDraft, openAndRule, saveDraft } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { type Opening, findOpening } from '@/lib/queries/case'
import { type BuyerContext, buyerAction } from '@/lib/web/action'
import { limit } from '@/lib/web/rate-limit'
import { AnswerInput } from './answer-input'
import { type Complete, STEPS, completed, mostOf, stepOf } from './steps'

/** Keeps one step's answer and leads to the next question, or the one before. */
export const keepAnswerAction = buyerAction(
  AnswerInput,
  async ({ number, step, go, answers }, { run, now, buyer, locale }) => {
    const { draft, opening } = await run(async (tx) => readForm(tx, buyer, number, now))
    await limit('complain:order', opening.id)
    const next = { ...draft, ...answers }
    requireAmount(opening, next)
    const { id: orderId, merchantId } = opening
    await run((tx) => saveDraft(tx, { orderId, merchantId, answers: next }, now))
    const wanted = STEPS[STEPS.indexOf(step) + (go === 'next' ? 1 : -1)]
    const query = { step: stepOf(opening, next, wanted, now) }
    redirect({ href: { pathname: `/orders/${number}/complaints/new`, query }, locale })
  },
)

const Named = z.object({ number: z.string().max(40) })

/** Opens the complaint that the draft describes, and shows what came of it: the case, or the money on its way back. */
export const openComplaintAction = buyerAction(Named, async ({ number }, { run, now, buyer, actor, locale }) => {
  const { draft, opening } = await run(async (tx) => readForm(tx, buyer, number, now))
  await limit('complain:order', opening.id)
  const answers = opening.status === 'AWAITING_DELIVERY' ? UNDELIVERED : completed(opening, draft, now)
  if (typeof answers === 'string') {
    const query = { step: answers }
    return redirect({ href: { pathname: `/orders/${number}/complaints/new`, query }, locale })
  }
  const { buyerId, id: orderId } = opening
  const input = { ...answers, orderId, buyerId, buyerKey: buyerKeyOf(opening) }
  const opened = await run((tx) => openAndRule(tx, input, actor, now))
  const path = opened.refunded ? '' : `/complaints/${opened.number}`
  return redirect({ href: `/orders/${number}${path}`, locale })
})

/** Paid, promised, and not there: nothing has to be asked. */
const UNDELIVERED: Complete = {
  failure: 'NOT_DELIVERED',
  cdkIds: [],
  demand: 'REFUND',
  demandMinor: null,
  statement: '',
}

async function readForm(
  tx: Tx,
  buyer: BuyerContext['buyer'],
  number: string,
  now: Date,
): Promise<{ opening: Opening; draft: DraftAnswers }> {
  const opening = await findOpening(tx, buyer, number, now)
  if (!opening) throw new Refusal('access/not-found')
  return { opening, draft: (await findDraft(tx, opening.id)) ?? {} }
}

function requireAmount(order: Opening, { cdkIds = [], demandMinor }: DraftAnswers): void {
  const mostMinor = mostOf(order, cdkIds)
  if (demandMinor && demandMinor > mostMinor) throw new Refusal('complaint/amount', { mostMinor })
}
