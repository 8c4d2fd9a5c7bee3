'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { openMerchant, recordDeposit, setMerchantStatus } from '@/lib/domain/merchants'
import { hashPassword } from '@/lib/infra/crypto/password'
import { operatorAction } from '@/lib/web/action'
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
export const openMerchantAction = operatorAction(OpenMerchantInput, async (input, { run, now, locale }) => {
  const { fee: feeBps, ownerEmail, ownerName, ownerPassword, ...facts } = input
  const owner = { email: ownerEmail, displayName: ownerName, passwordHash: await hashPassword(ownerPassword) }
  const { merchantId } = await run((tx) => openMerchant(tx, { ...facts, feeBps, owner }, now))
  revalidatePath('/[locale]/admin', 'layout')
  redirect({ href: { pathname: `/admin/merchants/${merchantId}`, query: { done: 'opened' } }, locale })
})

const StatusInput = z.object({ merchantId: z.uuid(), status: z.enum(['ACTIVE', 'SUSPENDED']) })

export const setMerchantStatusAction = operatorAction(StatusInput, async ({ merchantId, status }, { run }) => {
  await run((tx) => setMerchantStatus(tx, merchantId, status))
  revalidatePath('/[locale]', 'layout')
})

const DepositInput = z.object({
  merchantId: z.uuid(),
  reference: requiredText(64, 4),
  amount: moneyInput.refine((minor) => minor > 0, 'money'),
})

/** Books a deposit that has arrived at the bank; its reference counts once. */
export const recordDepositAction = operatorAction(
  DepositInput,
  async ({ merchantId, reference, amount }, { run, now }) => {
    await run((tx) => recordDeposit(tx, { merchantId, reference, amountMinor: amount, currency: 'CNY' }, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)
