'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { SEATS, openArbitrator, reassignCase, restArbitrator, setEmployer } from '@/lib/domain/arbitration'
import { confirmLimit, liftLimit } from '@/lib/domain/buyer-limits'
import { hashPassword } from '@/lib/infra/crypto/password'
import { operatorAction } from '@/lib/web/action'
import { orEmpty, requiredText } from '../../_console/form-schema'
import { endOfDay } from '../../_console/params'
import { legalNumberInput } from '../merchants/merchant-input'

/** Gives a seat of a case to somebody else, picked at random as always. */
export const reassignCaseAction = operatorAction(
  z.object({ complaintId: z.uuid(), role: z.enum(SEATS), reason: requiredText(500, 2) }),
  async (input, { actor, now, run }) => {
    await run((tx) => reassignCase(tx, input, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)

const ConfirmInput = z.object({
  limitId: z.uuid(),
  /** The last day on which it holds. */
  until: z.iso.date().transform((day, ctx) => endOfDay(day) ?? refuse(ctx)),
  note: requiredText(500, 2),
})

/** Puts a proposed limit of a buyer's rights in force. */
export const confirmLimitAction = operatorAction(ConfirmInput, async ({ limitId, ...input }, { actor, now, run }) => {
  await run((tx) => confirmLimit(tx, limitId, input, actor, now))
  revalidatePath('/[locale]/admin', 'layout')
})

/** Dismisses a proposed limit, or ends one. */
export const liftLimitAction = operatorAction(
  z.object({ limitId: z.uuid(), note: requiredText(500, 2) }),
  async ({ limitId, note }, { actor, now, run }) => {
    await run((tx) => liftLimit(tx, limitId, { note }, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)

const OpenInput = z.object({
  name: requiredText(40),
  email: z.email().max(254),
  password: z.string().min(8, 'password').max(200),
  employer: orEmpty(legalNumberInput),
})

/** Opens the account of an arbitrator. */
export const openArbitratorAction = operatorAction(OpenInput, async (input, { actor, now, run }) => {
  const { name: displayName, email, password, employer: employerNumber } = input
  const passwordHash = await hashPassword(password)
  await run((tx) => openArbitrator(tx, { email, displayName, passwordHash, employerNumber }, actor, now))
  revalidatePath('/[locale]/admin', 'layout')
})

/** No new cases for an arbitrator, or again. */
export const restArbitratorAction = operatorAction(
  z.object({ userId: z.uuid(), resting: z.enum(['yes', 'no']) }),
  async ({ userId, resting }, { actor, now, run }) => {
    await run((tx) => restArbitrator(tx, { userId, resting: resting === 'yes' }, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)

/** Whom an arbitrator works for besides. */
export const setEmployerAction = operatorAction(
  z.object({ userId: z.uuid(), number: orEmpty(legalNumberInput) }),
  async (input, { actor, now, run }) => {
    await run((tx) => setEmployer(tx, input, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)

function refuse(ctx: z.core.$RefinementCtx): never {
  ctx.issues.push({ code: 'custom', message: 'date', input: undefined })
  return z.NEVER
}
