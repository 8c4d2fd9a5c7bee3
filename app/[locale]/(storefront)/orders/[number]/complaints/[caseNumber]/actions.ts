'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { REASONS, appealComplaint } from '@/lib/domain/arbitration'
import {
  LONGEST_WORDS,
  answerComplaint,
  declineOffer,
  escalateComplaint,
  hideEntry,
  reopenComplaint,
  sayInCase,
  takeOffer,
  withdrawComplaint,
} from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import { requireCaseOfBuyer } from '@/lib/queries/case'
import { type BuyerContext, buyerAction } from '@/lib/web/action'
import { limit } from '@/lib/web/rate-limit'

const Named = z.object({ number: z.string().max(40), caseNumber: z.string().max(40) })
type Named = z.infer<typeof Named>

const Said = Named.extend({ message: z.string().trim().min(1).max(LONGEST_WORDS) })
const Appeal = Named.extend({ message: z.string().trim().min(REASONS.least).max(REASONS.most) })
const Entry = Named.extend({ seq: z.coerce.number().int().min(0).max(1_000_000) })

export const sayAction = buyerAction(Said, async ({ message, ...named }, context) => {
  await inCase(named, context, async (tx, complaintId, { actor, now }) => {
    await sayInCase(tx, { complaintId, text: message }, actor, now)
  })
})

/** What was asked for is there: files beside it, and these words. */
export const answerAction = buyerAction(Said, async ({ message, ...named }, context) => {
  await inCase(named, context, (tx, complaintId, { actor, now }) =>
    answerComplaint(tx, { complaintId, text: message }, actor, now),
  )
})

export const takeOfferAction = buyerAction(Named, async (named, context) => {
  await inCase(named, context, async (tx, complaintId, { actor, now }) => {
    await takeOffer(tx, { complaintId }, actor, now)
  })
})

export const declineOfferAction = buyerAction(Named, async (named, context) => {
  await inCase(named, context, (tx, complaintId, { actor, now }) => declineOffer(tx, { complaintId }, actor, now))
})

export const escalateAction = buyerAction(Named, async (named, context) => {
  await inCase(named, context, (tx, complaintId, { actor, now }) => escalateComplaint(tx, { complaintId }, actor, now))
})

export const withdrawAction = buyerAction(Named, async (named, context) => {
  await inCase(named, context, (tx, complaintId, { actor, now }) => withdrawComplaint(tx, { complaintId }, actor, now))
})

export const reopenAction = buyerAction(Named, async (named, context) => {
  await inCase(named, context, (tx, complaintId, { actor, now }) => reopenComplaint(tx, { complaintId }, actor, now))
})

export const appealAction = buyerAction(Appeal, async ({ message, ...named }, context) => {
  await inCase(named, context, (tx, complaintId, { actor, now }) =>
    appealComplaint(tx, { complaintId, reasons: message }, actor, now),
  )
})

/** Takes one of the buyer's own messages out of everybody's view. */
export const hideAction = buyerAction(Entry, async ({ seq, ...named }, context) => {
  await inCase(named, context, (tx, complaintId, { actor, now }) => hideEntry(tx, { complaintId, seq }, actor, now))
})

/** One move of the buyer in a case that is his: scoped, counted, then the page anew. */
async function inCase(
  { number: order, caseNumber: number }: Named,
  context: BuyerContext,
  move: (tx: Tx, complaintId: string, context: BuyerContext) => Promise<void>,
): Promise<void> {
  const { run, buyer, locale } = context
  const { id } = await run((tx) => requireCaseOfBuyer(tx, buyer, { order, number }))
  await limit('case:buyer', id)
  await run((tx) => move(tx, id, context))
  refresh()
  redirect({ href: `/orders/${order}/complaints/${number}`, locale })
}
