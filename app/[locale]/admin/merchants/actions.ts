'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { recordOperatorAction } from '@/lib/domain/accounts'
import { openMerchant, recordDeposit, setMerchantStatus, setMerchantTier } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import { hashPassword } from '@/lib/infra/crypto/password'
import { MerchantTier } from '@/lib/infra/prisma/enums'
import { type SignedInContext, operatorAction } from '@/lib/web/action'
import { moneyInput, requiredText, slugInput } from '../../_console/form-schema'
import { feeInput, legalNumberInput } from './merchant-input'

const OpenMerchantInput = z.object({
  slug: slugInput,
  name: requiredText(40, 2),
  legalName: requiredText(80, 2),
  legalNumber: legalNumberInput,
  contactEmail: z.email().max(254),
  fee: feeInput,
  ownerEmail: z.email().max(254),
  ownerName: requiredText(40),
  ownerPassword: z.string().min(8, 'password').max(200),
})

/** Opens a merchant with its owner's account; it sells once it is admitted. */
export const openMerchantAction = operatorAction(OpenMerchantInput, async (input, { run, now, locale, userId }) => {
  const { fee: feeBps, ownerEmail, ownerName, ownerPassword, ...facts } = input
  const owner = { email: ownerEmail, displayName: ownerName, passwordHash: await hashPassword(ownerPassword) }
  const merchantId = await run(async (tx) => {
    const opened = await openMerchant(tx, { ...facts, feeBps, owner }, now)
    const action = { verb: 'open-merchant', subject: 'merchant', subjectId: opened.merchantId, note: null }
    await recordOperatorAction(tx, { userId, ...action }, now)
    return opened.merchantId
  })
  revalidatePath('/[locale]/admin', 'layout')
  redirect({ href: { pathname: `/admin/merchants/${merchantId}`, query: { done: 'opened' } }, locale })
})

const StatusInput = z.object({ merchantId: z.uuid(), status: z.enum(['ACTIVE', 'SUSPENDED']) })

export const setMerchantStatusAction = operatorAction(StatusInput, async ({ merchantId, status }, context) => {
  const verb = status === 'ACTIVE' ? 'activate-merchant' : 'suspend-merchant'
  await decide(context, merchantId, verb, null, (tx) => setMerchantStatus(tx, merchantId, status))
  revalidatePath('/[locale]', 'layout')
})

const TierInput = z.object({ merchantId: z.uuid(), tier: z.enum(MerchantTier) })

/** How soon the merchant is paid, for orders released from now on. */
export const setMerchantTierAction = operatorAction(TierInput, async ({ merchantId, tier }, context) => {
  await decide(context, merchantId, 'set-tier', tier, (tx) => setMerchantTier(tx, merchantId, tier))
  revalidatePath('/[locale]', 'layout')
})

const DepositInput = z.object({
  merchantId: z.uuid(),
  reference: requiredText(64, 4),
  amount: moneyInput.refine((minor) => minor > 0, 'money'),
})

/** Books a deposit that has arrived at the bank; its reference counts once. */
export const recordDepositAction = operatorAction(DepositInput, async ({ merchantId, reference, amount }, context) => {
  const deposit = { merchantId, reference, amountMinor: amount, currency: 'CNY' } as const
  await decide(context, merchantId, 'record-deposit', reference, (tx) => recordDeposit(tx, deposit, context.now))
  revalidatePath('/[locale]/admin', 'layout')
})

/** The decision and the name under it, in one transaction. */
async function decide(
  { run, now, userId }: SignedInContext,
  subjectId: string,
  verb: string,
  note: string | null,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  await run(async (tx) => {
    await work(tx)
    await recordOperatorAction(tx, { userId, verb, subject: 'merchant', subjectId, note }, now)
  })
}
