import { expect, test } from 'vitest'
import { choiceOf, effectOf } from '@/app/[locale]/merchant/complaints/[id]/accept-choice'
import { acceptComplaint } from '@/lib/domain/complaints'
import { invariant } from '@/lib/kernel/invariant'
import { newId } from '@/lib/kernel/ids'
import { findCaseOfMerchant } from '@/lib/queries/case'
import { findBearers, findMerchantOrder } from '@/lib/queries/merchant'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, run } from '@/tests/support/factories'

const MERCHANT = { kind: 'MERCHANT', id: newId() } as const

async function aCase(demand: 'REFUND' | 'REPLACEMENT' | 'COMPENSATION', demandMinor: number | null = null) {
  const listing = await aListing({ stock: 8 })
  const { orderId } = await aDeliveredOrder({ listing, quantity: 3 })
  const { merchantId, complaintId } = await anOpenCase({ orderId, units: 2, demand, demandMinor, buyerKey: newId() })
  const view = await findCaseOfMerchant(db, merchantId, complaintId)
  const found = await findMerchantOrder(db, merchantId, orderId)
  invariant(view && found, 'the case is there')
  return { view, order: found.order, bearers: await findBearers(db, merchantId, orderId), merchantId, complaintId }
}

test('replaces as far as stock goes, unless the address says otherwise; a refund is not made less', async () => {
  const { view } = await aCase('REPLACEMENT')
  const results = (stock: number, asked?: string[]) => choiceOf(view, stock, asked).map(({ result }) => result)
  expect([results(5), results(1), results(0)]).toEqual([
    ['REPLACED', 'REPLACED'],
    ['REPLACED', 'REFUNDED'],
    ['REFUNDED', 'REFUNDED'],
  ])
  const [first] = view.units
  expect(results(5, [`REFUNDED.${first?.cdkId}`, 'nonsense'])).toEqual(['REFUNDED', 'REPLACED'])
  const refund = await aCase('REFUND')
  const asked = refund.view.units.map(({ cdkId }) => `REPLACED.${cdkId}`)
  expect(choiceOf(refund.view, 5, asked).map(({ result }) => result)).toEqual(['REFUNDED', 'REFUNDED'])
})

test.for([
  ['REFUND', null],
  ['REPLACEMENT', null],
  ['COMPENSATION', 150],
] as const)('what accepting %s is said to come to is what it comes to', async ([demand, demandMinor]) => {
  const { view, order, bearers, merchantId, complaintId } = await aCase(demand, demandMinor)
  const units = choiceOf(view, 1, undefined)
  const { preview, replaced } = effectOf(view, order, bearers, units)
  const came = await run((tx) => acceptComplaint(tx, { merchantId, complaintId, units }, MERCHANT, NOW))
  expect([came.refundedMinor + came.compensationMinor, came.replaced]).toEqual([preview?.amountMinor, replaced])
  expect(preview?.amountMinor).toBeGreaterThan(0)
})
