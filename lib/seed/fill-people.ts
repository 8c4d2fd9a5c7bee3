import { createUser } from '@/lib/domain/accounts'
import { fundProtection, openMerchant, recordDeposit, setMerchantStatus, setMerchantTier } from '@/lib/domain/merchants'
import { type DemoAccount, DEMO_BUYERS, DEMO_MERCHANTS } from '@/lib/seed/demo-accounts'
import { hashPassword } from '@/lib/infra/crypto/password'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { MERCHANTS } from './data'
import type { Mall } from './mall'
import { once } from './once'

/** Opens one account that belongs to no merchant, if it is not there. */
export async function fillAccount({ db, run }: Mall, account: DemoAccount, at: Date): Promise<void> {
  const { email, displayName, role, password } = account
  if ((await db.user.count({ where: { email } })) > 0) return
  const passwordHash = await hashPassword(password)
  await run((tx) => createUser(tx, { email, displayName, role, passwordHash, merchantId: null }, at))
}

export async function fillBuyers(mall: Mall, at: Date): Promise<void> {
  for (const [index, account] of DEMO_BUYERS.entries())
    await fillAccount(mall, account, after(at, index * 31 * HOUR_MS))
}

/** The platform puts its own money into the protection fund, once. */
export async function fillFund({ run }: Mall, at: Date): Promise<void> {
  const payment = { reference: 'DEMO-PROTECTION-FUND', amountMinor: 5_000_000, currency: 'CNY' } as const
  await once(() => run((tx) => fundProtection(tx, payment, at)))
}

/** Opens the merchants that are not there, each with its owner, deposit and admission in one transaction. */
export async function fillMerchants({ db, run }: Mall, at: Date): Promise<void> {
  const there = new Set((await db.merchant.findMany({ select: { slug: true } })).map(({ slug }) => slug))
  for (const [index, { active, depositMinor, tier, ...facts }] of MERCHANTS.entries()) {
    const account = DEMO_MERCHANTS.find(({ merchant }) => merchant === facts.slug)
    if (there.has(facts.slug) || !account) continue
    const openedAt = after(at, index * 7 * HOUR_MS)
    const owner = {
      email: account.email,
      displayName: account.displayName,
      passwordHash: await hashPassword(account.password),
    }
    await run(async (tx) => {
      const { merchantId } = await openMerchant(tx, { ...facts, owner }, openedAt)
      if (!active) return
      const deposit = {
        merchantId,
        reference: `DEMO-${facts.slug}`,
        amountMinor: depositMinor,
        currency: 'CNY' as const,
      }
      await recordDeposit(tx, deposit, after(openedAt, HOUR_MS))
      await setMerchantStatus(tx, merchantId, 'ACTIVE')
      await setMerchantTier(tx, merchantId, tier)
    })
  }
}
