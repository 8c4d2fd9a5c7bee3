'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import {
  REASONS,
  type RulingInput,
  ruleAppeal,
  ruleComplaint,
  sendRulingBack,
  signRuling,
} from '@/lib/domain/arbitration'
import { LONGEST_WORDS, askAsArbitrator, hideEntry, sayInCase } from '@/lib/domain/complaints'
import { TARIFFS } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import { db } from '@/lib/infra/db'
import { UnitResult } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import { findSide } from '@/lib/queries/case'
import { type SignedInContext, arbitratorAction } from '@/lib/web/action'
import { limit } from '@/lib/web/rate-limit'
import { requiredText, wholeInput } from '../_console/form-schema'

const MOST_MINOR = 2_000_000_000
const complaintId = z.uuid()
const words = requiredText(LONGEST_WORDS)
const reasons = requiredText(REASONS.most, REASONS.least)
const one = <Read>(schema: z.ZodType<Read>) =>
  z.union([schema.transform((read) => [read]), z.array(schema)]).default([])

const Unit = z
  .string()
  .regex(/^[0-9a-f-]{36}:[A-Z]+$/u)
  .transform((text) => {
    const [cdkId, result] = text.split(':')
    return { cdkId, result }
  })
  .pipe(z.object({ cdkId: z.uuid(), result: z.enum(UnitResult) }))

const Ruling = z
  .object({
    complaintId,
    unit: one(Unit),
    compensation: wholeInput(0, MOST_MINOR),
    tariff: one(z.enum(TARIFFS)),
    reasons,
  })
  .transform(({ unit, compensation, tariff, ...rest }): RulingInput => ({
    ...rest,
    units: unit,
    compensationMinor: compensation,
    tariffs: tariff,
  }))

/** The first arbitrator's ruling: carried out, or proposed to the second one. */
export const ruleComplaintAction = arbitratorAction(Ruling, async (input, { actor, now, run, locale }) => {
  await run((tx) => ruleComplaint(tx, input, actor, now))
  toCase(input.complaintId, locale)
})

/** The ruling of an appeal, which is final. */
export const ruleAppealAction = arbitratorAction(Ruling, async (input, { actor, now, run, locale }) => {
  await run((tx) => ruleAppeal(tx, input, actor, now))
  toCase(input.complaintId, locale)
})

/** The second signature under the proposal that was read. */
export const signRulingAction = arbitratorAction(
  z.object({ complaintId, proposalId: z.uuid() }),
  async (input, { actor, now, run, locale }) => {
    await run((tx) => signRuling(tx, input, actor, now))
    toCase(input.complaintId, locale)
  },
)

/** The second arbitrator does not sign and says why. */
export const sendRulingBackAction = arbitratorAction(
  z.object({ complaintId, reasons }),
  async (input, { actor, now, run, locale }) => {
    await run((tx) => sendRulingBack(tx, input, actor, now))
    toCase(input.complaintId, locale)
  },
)

/** Asks the buyer for evidence. */
export const askBuyerAction = arbitratorAction(
  z.object({ complaintId, message: words }),
  async ({ message: text, ...input }, { actor, now, run }) => {
    await run((tx) => askAsArbitrator(tx, { ...input, text }, actor, now))
    revalidatePath('/[locale]/arbitration', 'layout')
  },
)

/** Says something in the case; both sides read it. */
export const sayAsArbitratorAction = arbitratorAction(
  z.object({ complaintId, message: words }),
  async ({ message: text, ...input }, context) => {
    await requireOwnCase(db(), input.complaintId, context)
    await limit('case:staff', input.complaintId)
    await context.run((tx) => sayInCase(tx, { ...input, text }, context.actor, context.now))
    revalidatePath('/[locale]/arbitration', 'layout')
  },
)

/** Takes an own message out of view; its fingerprint stays. */
export const hideAsArbitratorAction = arbitratorAction(
  z.object({ complaintId, seq: z.coerce.number().int().min(0) }),
  async (input, context) => {
    await requireOwnCase(db(), input.complaintId, context)
    await limit('case:staff', input.complaintId)
    await context.run((tx) => hideEntry(tx, input, context.actor, context.now))
    revalidatePath('/[locale]/arbitration', 'layout')
  },
)

async function requireOwnCase(tx: Tx, id: string, { user }: SignedInContext): Promise<void> {
  if ((await findSide(tx, id, { user, checkoutIds: [] })) !== 'STAFF') throw new Refusal('access/not-found')
}

/** Without the choice that stood in the address. */
function toCase(id: string, locale: Locale): void {
  revalidatePath('/[locale]', 'layout')
  redirect({ href: `/arbitration/${id}`, locale })
}
