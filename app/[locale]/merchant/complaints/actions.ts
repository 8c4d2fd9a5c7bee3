'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { appealComplaint } from '@/lib/domain/arbitration'
import {
  acceptComplaint,
  askForEvidence,
  contestComplaint,
  deleteCannedAnswer,
  escalateComplaint,
  hideEntry,
  lockCaseOf,
  offerRemedy,
  sayInCase,
  saveCannedAnswer,
} from '@/lib/domain/complaints'
import { merchantAction } from '@/lib/web/action'
import { limit } from '@/lib/web/rate-limit'
import { AcceptForm, CannedDelete, CannedForm, EscalateForm, HideForm, OfferForm, WordsForm } from './complaint-input'
import { COMPLAINTS } from './query'

/** Accepts: what was chosen for each CDK is carried out at once, and the case is closed. */
export const acceptComplaintAction = merchantAction(
  AcceptForm,
  async ({ complaintId, unit }, { merchantId, actor, run, now, locale }) => {
    await run((tx) => acceptComplaint(tx, { merchantId, complaintId, units: unit }, actor, now))
    leadOn(complaintId, locale)
  },
)

/** Offers something else than what was demanded. */
export const offerRemedyAction = merchantAction(
  OfferForm,
  async ({ complaintId, remedy, amount, message }, { merchantId, actor, run, now, locale }) => {
    const amountMinor = remedy === 'COMPENSATION' ? amount : null
    await run((tx) => offerRemedy(tx, { merchantId, complaintId, remedy, amountMinor, text: message }, actor, now))
    leadOn(complaintId, locale)
  },
)

export const contestComplaintAction = merchantAction(
  WordsForm,
  async ({ complaintId, message }, { merchantId, actor, run, now, locale }) => {
    await run((tx) => contestComplaint(tx, { merchantId, complaintId, text: message }, actor, now))
    leadOn(complaintId, locale)
  },
)

/** Asks the buyer for evidence, once in a case. */
export const askBuyerAction = merchantAction(
  WordsForm,
  async ({ complaintId, message }, { merchantId, actor, run, now, locale }) => {
    await run((tx) => askForEvidence(tx, { merchantId, complaintId, text: message }, actor, now))
    leadOn(complaintId, locale)
  },
)

export const escalateAsMerchantAction = merchantAction(
  EscalateForm,
  async ({ complaintId }, { merchantId, actor, run, now, locale }) => {
    await run((tx) => escalateComplaint(tx, { merchantId, complaintId }, actor, now))
    leadOn(complaintId, locale)
  },
)

/** Appeals a ruling that cost the merchant something; another arbitrator decides for good. */
export const appealAsMerchantAction = merchantAction(
  WordsForm,
  async ({ complaintId, message }, { merchantId, actor, run, now, locale }) => {
    await run(async (tx) => {
      await lockCaseOf(tx, merchantId, complaintId)
      await appealComplaint(tx, { complaintId, reasons: message }, actor, now)
    })
    leadOn(complaintId, locale)
  },
)

export const sayAsMerchantAction = merchantAction(
  WordsForm,
  async ({ complaintId, message }, { merchantId, actor, run, now }) => {
    await limit('case:merchant', `${merchantId}:${complaintId}`)
    await run(async (tx) => {
      await lockCaseOf(tx, merchantId, complaintId)
      await sayInCase(tx, { complaintId, text: message }, actor, now)
    })
    revalidatePath('/[locale]/merchant', 'layout')
  },
)

/** Takes an own message out of view; its fingerprint stays. */
export const hideAsMerchantAction = merchantAction(
  HideForm,
  async ({ complaintId, seq }, { merchantId, actor, run, now }) => {
    await limit('case:merchant', `${merchantId}:${complaintId}`)
    await run(async (tx) => {
      await lockCaseOf(tx, merchantId, complaintId)
      await hideEntry(tx, { complaintId, seq }, actor, now)
    })
    revalidatePath('/[locale]/merchant', 'layout')
  },
)

export const saveCannedAnswerAction = merchantAction(CannedForm, async (form, { merchantId, run, now }) => {
  await run((tx) => saveCannedAnswer(tx, { ...form, merchantId }, now))
  revalidatePath('/[locale]/merchant', 'layout')
})

export const deleteCannedAnswerAction = merchantAction(CannedDelete, async ({ id }, { merchantId, run }) => {
  await run((tx) => deleteCannedAnswer(tx, { merchantId, id }))
  revalidatePath('/[locale]/merchant', 'layout')
})

/** Back to the case, without what was being chosen. */
function leadOn(complaintId: string, locale: Locale): void {
  revalidatePath('/[locale]/merchant', 'layout')
  redirect({ href: `${COMPLAINTS}/${complaintId}`, locale })
}
