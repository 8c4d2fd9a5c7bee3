'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { recordOperatorAction } from '@/lib/domain/accounts'
import { fundProtection } from '@/lib/domain/merchants'
import { FUND_SUBJECT } from '@/lib/queries/admin'
import { operatorAction } from '@/lib/web/action'
import { moneyInput, requiredText } from '../../_console/form-schema'

const PayInInput = z.object({
  reference: requiredText(64, 4),
  amount: moneyInput.refine((minor) => minor > 0, 'money'),
})

/** Books what the platform has paid into the protection fund; the bank's number of it counts once. */
export const payIntoFundAction = operatorAction(PayInInput, async ({ reference, amount }, { run, now, userId }) => {
  const action = { verb: 'fund-protection', subject: FUND_SUBJECT, subjectId: FUND_SUBJECT, note: reference }
  await run(async (tx) => {
    await fundProtection(tx, { reference, amountMinor: amount, currency: 'CNY' }, now)
    await recordOperatorAction(tx, { userId, ...action }, now)
  })
  revalidatePath('/[locale]/admin', 'layout')
})
