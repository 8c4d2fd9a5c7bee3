import { expect, test } from 'vitest'
import { openPayoutAccount, syncPayoutAccount } from '@/lib/domain/merchants'
import { ProviderRefused } from '@/lib/domain/payments'
import { newId } from '@/lib/kernel/ids'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW, aMerchant, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'

const returnUrl = 'https://mall.example.com/merchant/payouts'
const open = (provider: PocketProvider, merchantId: string) =>
  openPayoutAccount(run, provider, { merchantId, locale: 'zh-CN', returnUrl }, NOW)
const accountsOf = (merchantId: string) => db.payoutAccount.findMany({ where: { merchantId } })

test('opens one account at the provider, with a fresh page each time', async () => {
  const [provider, merchantId] = [new PocketProvider(), await aMerchant()]
  const url = await open(provider, merchantId)
  await open(provider, merchantId)
  const [account, ...others] = await accountsOf(merchantId)
  expect(others).toEqual([])
  expect(url).toBe(`https://bank.example.com/accounts/${account?.accountRef}`)
  expect(account).toMatchObject({ provider: 'sandbox', ready: false, missing: ['account details'] })
  expect(provider.accounts.size).toBe(1)
})

test('two clicks at once meet in one account', async () => {
  const [provider, merchantId] = [new PocketProvider(), await aMerchant()]
  const urls = await Promise.all([open(provider, merchantId), open(provider, merchantId)])
  expect(new Set(urls).size).toBe(1)
  expect(await accountsOf(merchantId)).toHaveLength(1)
})

test('keeps what the provider says of an account, newest answer last', async () => {
  const [provider, merchantId] = [new PocketProvider(), await aMerchant()]
  await open(provider, merchantId)
  const [accountRef = ''] = provider.accounts.keys()
  provider.completeAccount(accountRef)
  expect(await syncPayoutAccount(run, provider, accountRef, after(NOW, MINUTE_MS))).toBe(true)
  expect(await accountsOf(merchantId)).toMatchObject([{ ready: true, missing: [] }])
  provider.accounts.set(accountRef, { accountRef, ready: false, missing: ['identity'] })
  expect(await syncPayoutAccount(run, provider, accountRef, NOW)).toBe(true)
  expect(await accountsOf(merchantId)).toMatchObject([{ ready: true, missing: [] }])
  provider.accounts.delete(accountRef)
  await syncPayoutAccount(run, provider, accountRef, after(NOW, 2 * MINUTE_MS))
  expect(await accountsOf(merchantId)).toMatchObject([{ ready: false, missing: [] }])
})

test('an account that is none of ours is ignored', async () => {
  expect(await syncPayoutAccount(run, new PocketProvider(), 'acct_of_somebody', NOW)).toBe(false)
})

test('says so when the provider is down, will not, or the merchant is unknown', async () => {
  const [provider, merchantId] = [new PocketProvider(), await aMerchant()]
  await expect(open(provider, newId())).rejects.toMatchObject({ code: 'access/not-found' })
  provider.down = true
  await expect(open(provider, merchantId)).rejects.toMatchObject({ code: 'payout/provider-unavailable' })
  class Strict extends PocketProvider {
    override async openAccount(): Promise<never> {
      return Promise.reject(new ProviderRefused('unsupported business'))
    }
  }
  await expect(open(new Strict(), merchantId)).rejects.toMatchObject({ code: 'payout/account-refused' })
  expect(await accountsOf(merchantId)).toEqual([])
})
