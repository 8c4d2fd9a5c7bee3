import { expect, test } from 'vitest'
import { merchantDeposit, protectionFund, providerClearing } from '@/lib/domain/ledger'
import {
  MATURITY_DAYS,
  type MerchantInput,
  fundProtection,
  openMerchant,
  recordDeposit,
  setMerchantStatus,
  setMerchantTier,
} from '@/lib/domain/merchants'
import { quoteCheckout } from '@/lib/domain/orders'
import { BY_HAND } from '@/lib/domain/payments'
import { newId } from '@/lib/kernel/ids'
import { balanceOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aListing, aMerchant, run } from '@/tests/support/factories'
import { race } from '@/tests/support/race'

function aMerchantInput(name: string): MerchantInput {
  return {
    slug: name,
    name: '清风数码',
    legalName: '杭州清风数码科技有限公司',
    legalNumber: '91330106MA2KQ4XJ0T',
    contactEmail: 'hello@qingfeng.example.com',
    feeBps: 500,
    owner: { email: `${name}@example.com`, passwordHash: 'not a real hash', displayName: '老板' },
  }
}

test('opens a merchant that waits for admission, with its owner', async () => {
  const { merchantId, ownerId } = await run((tx) => openMerchant(tx, aMerchantInput('qingfeng'), NOW))
  expect(await db.merchant.findUniqueOrThrow({ where: { id: merchantId } })).toMatchObject({
    status: 'PENDING',
    slug: 'qingfeng',
    feeBps: 500,
  })
  expect(await db.user.findUniqueOrThrow({ where: { id: ownerId } })).toMatchObject({
    role: 'MERCHANT',
    merchantId,
    email: 'qingfeng@example.com',
  })
})

test('opens nothing when the address name or the owner is taken', async () => {
  await run((tx) => openMerchant(tx, aMerchantInput('taken'), NOW))
  await expect(run((tx) => openMerchant(tx, aMerchantInput('taken'), NOW))).rejects.toMatchObject({
    code: 'catalog/slug-taken',
  })
  const sameOwner = { ...aMerchantInput('taken'), slug: 'another' }
  await expect(run((tx) => openMerchant(tx, sameOwner, NOW))).rejects.toMatchObject({ code: 'auth/email-taken' })
  expect(await db.merchant.count({ where: { slug: 'another' } })).toBe(0)
})

test('a suspended merchant sells nothing until it is admitted again', async () => {
  const listing = await aListing()
  await run((tx) => setMerchantStatus(tx, listing.merchantId, 'SUSPENDED'))
  const lines = [{ variantId: listing.variantId, quantity: 1 }]
  const quote = () => run((tx) => quoteCheckout(tx, { lines, couponCode: null, buyerKey: null }, NOW))
  await expect(quote()).rejects.toMatchObject({ code: 'catalog/not-for-sale' })
  await run((tx) => setMerchantStatus(tx, listing.merchantId, 'ACTIVE'))
  await expect(quote()).resolves.toMatchObject({ totalMinor: 1_000 })
})

test('refuses to change a merchant that is not there', async () => {
  await expect(run((tx) => setMerchantStatus(tx, newId(), 'ACTIVE'))).rejects.toMatchObject({
    code: 'access/not-found',
  })
})

test('books a deposit once per bank reference', async () => {
  const merchantId = await aMerchant()
  const deposit = { merchantId, reference: 'TX-1001', amountMinor: 5_000_000, currency: 'CNY' } as const
  const clearing = await balanceOf(providerClearing(BY_HAND, 'CNY'))
  await run((tx) => recordDeposit(tx, deposit, NOW))
  await expect(run((tx) => recordDeposit(tx, deposit, NOW))).rejects.toMatchObject({
    code: 'merchant/deposit-recorded',
  })
  expect(await balanceOf(merchantDeposit(merchantId, 'CNY'))).toBe(5_000_000)
  expect(await balanceOf(providerClearing(BY_HAND, 'CNY'))).toBe(clearing - 5_000_000)
})

test('of two operators recording one deposit the second is refused', async () => {
  const merchantId = await aMerchant()
  const deposit = { merchantId, reference: 'TX-2002', amountMinor: 100, currency: 'CNY' } as const
  const [first, second] = await race(
    (tx) => recordDeposit(tx, deposit, NOW),
    (tx) => recordDeposit(tx, deposit, NOW),
  )
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'merchant/deposit-recorded' } })
  expect(await balanceOf(merchantDeposit(merchantId, 'CNY'))).toBe(100)
})

test('books nothing for a merchant that is not there', async () => {
  const deposit = { merchantId: newId(), reference: 'TX-3003', amountMinor: 100, currency: 'CNY' } as const
  await expect(run((tx) => recordDeposit(tx, deposit, NOW))).rejects.toMatchObject({ code: 'access/not-found' })
})

test('puts a merchant on a tier, by which its money matures', async () => {
  const merchantId = await aMerchant()
  expect(MATURITY_DAYS).toEqual({ NEW: 14, STANDARD: 7, TRUSTED: 3, PRIME: 0 })
  await run((tx) => setMerchantTier(tx, merchantId, 'TRUSTED'))
  expect(await db.merchant.findUniqueOrThrow({ where: { id: merchantId } })).toMatchObject({ tier: 'TRUSTED' })
  await expect(run((tx) => setMerchantTier(tx, newId(), 'PRIME'))).rejects.toMatchObject({ code: 'access/not-found' })
})

test('books what the platform pays into the protection fund, a bank transfer once whatever it was for', async () => {
  const merchantId = await aMerchant()
  const payment = { reference: 'FUND-1', amountMinor: 10_000, currency: 'CNY' } as const
  const before = await balanceOf(protectionFund('CNY'))
  await run((tx) => fundProtection(tx, payment, NOW))
  await expect(run((tx) => fundProtection(tx, payment, NOW))).rejects.toMatchObject({
    code: 'merchant/deposit-recorded',
    params: { reference: 'FUND-1' },
  })
  await expect(run((tx) => recordDeposit(tx, { ...payment, merchantId }, NOW))).rejects.toMatchObject({
    code: 'merchant/deposit-recorded',
  })
  expect(await balanceOf(protectionFund('CNY'))).toBe(before + 10_000)
})
