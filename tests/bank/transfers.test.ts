import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments/provider'
import {
  aReadyAccount,
  bankOwes,
  bankSwitches,
  expectBankSound,
  look,
  mallEnd,
  mallUrl,
  press,
  provider,
} from '@/tests/support/bank'
import { db } from '@/tests/support/database'

const FACTS = { name: '清风数码', email: 'hello@qingfeng.example.com', locale: 'en' }

async function transfer(accountRef: string, amountMinor = 5_000, payoutId: string = randomUUID()) {
  return provider.transfer({ payoutId, accountRef, amountMinor, currency: 'CNY', retry: false })
}

function heardOf(type: string): unknown[] {
  return mallEnd.heard.filter((news) => news.type === type).map(({ data }) => data)
}

describe('an account', () => {
  test('is opened once per merchant and ready once he completed it on its page', async () => {
    const merchantId = randomUUID()
    const opened = await Promise.all(
      [1, 2, 3].map((at) => provider.openAccount({ merchantId, ...FACTS, name: `${at}` })),
    )
    const accountRef = opened[0]?.accountRef ?? ''
    expect(new Set(opened.map((account) => account.accountRef)).size).toBe(1)
    expect(opened[0]).toEqual({ accountRef, ready: false, missing: ['Confirm the payout account on the bank’s page'] })
    const returnUrl = `${mallUrl}/merchant/payouts`
    const url = await provider.accountLink({ accountRef, returnUrl, locale: 'zh-CN' })
    expect(url).toBe(`${mallUrl}/bank/accounts/${accountRef}`)

    const { text } = await look(`/bank/accounts/${accountRef}`)
    expect(text).toContain('确认收款账户')
    expect(text).toContain(returnUrl)
    expect(text).not.toContain('<script')
    const answer = await press(`/bank/accounts/${accountRef}/complete`)
    await press(`/bank/accounts/${accountRef}/complete`)
    expect(answer.headers.get('location')).toBe(returnUrl)
    expect(heardOf('account.updated')).toEqual([{ accountId: accountRef }])
    expect(await provider.fetchAccount(accountRef)).toEqual({ accountRef, ready: true, missing: [] })
  })

  test('that is not there is not linked, found or shown', async () => {
    const accountRef = randomUUID()
    expect(await provider.fetchAccount(accountRef)).toBeNull()
    const link = provider.accountLink({ accountRef, returnUrl: mallUrl, locale: 'en' })
    await expect(link).rejects.toBeInstanceOf(ProviderRefused)
    for (const path of [`/bank/accounts/${accountRef}`, '/bank/accounts/1', '/bank/accounts']) {
      expect((await look(path)).response.status).toBe(404)
    }
  })

  test('leads nowhere but to the shop', async () => {
    const { accountRef } = await provider.openAccount({ merchantId: randomUUID(), ...FACTS })
    const link = provider.accountLink({ accountRef, returnUrl: 'https://evil.example.com/', locale: 'en' })
    await expect(link).rejects.toThrow('foreign-address')
  })

  test('is not completed from another site, and knows its buttons', async () => {
    const { accountRef } = await provider.openAccount({ merchantId: randomUUID(), ...FACTS })
    const { response } = await look(`/bank/accounts/${accountRef}`)
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await fetch(`${response.url}/complete`, { method: 'POST', headers })).status).toBe(403)
    for (const deed of ['', '/constructor', '/complete/now']) {
      expect((await press(`/bank/accounts/${accountRef}${deed}`)).status).toBe(404)
    }
    expect(await provider.fetchAccount(accountRef)).toMatchObject({ ready: false })
  })
})

describe('a transfer', () => {
  test('goes out once per key, also when its answer was lost', async () => {
    const accountRef = await aReadyAccount()
    const [owed, payoutId] = [await bankOwes(), randomUUID()]
    bankSwitches.loseAnswers = 1
    await expect(transfer(accountRef, 5_000, payoutId)).rejects.toBeInstanceOf(ProviderUnavailable)
    const answers = await Promise.all(Array.from({ length: 5 }, () => transfer(accountRef, 5_000, payoutId)))
    expect(new Set(answers.map(({ transferRef }) => transferRef)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 'succeeded', failure: null })
    expect(await provider.fetchTransfer(answers[0]?.transferRef ?? '')).toEqual(answers[0])
    expect(await bankOwes()).toBe(owed - 5_000)
    await expect(transfer(accountRef, 5_001, payoutId)).rejects.toThrow('409')
    await expect(transfer(await aReadyAccount(), 5_000, payoutId)).rejects.toThrow('409')
    const { text } = await look(`/bank/accounts/${accountRef}?lang=en`)
    expect(text).toContain('CN¥50.00')
    await expectBankSound()
  })

  test('is declined while the account is not complete, and moves nothing', async () => {
    const { accountRef } = await provider.openAccount({ merchantId: randomUUID(), ...FACTS })
    const [owed, payoutId] = [await bankOwes(), randomUUID()]
    const declined = await transfer(accountRef, 5_000, payoutId)
    expect(declined).toMatchObject({ status: 'failed', failure: 'the account is not complete' })
    await press(`/bank/accounts/${accountRef}/complete`)
    // The same key stays what it was answered.
    expect(await transfer(accountRef, 5_000, payoutId)).toEqual(declined)
    expect(await bankOwes()).toBe(owed)
    await expectBankSound()
  })

  test('is declined when the switch says so: the next one only, also of two at once', async () => {
    const accountRef = await aReadyAccount()
    const owed = await bankOwes()
    await press(`/bank/accounts/${accountRef}/refuse-next`, { on: 'yes' })
    const answers = await Promise.all([transfer(accountRef), transfer(accountRef)])
    expect(answers.map(({ status }) => status).sort()).toEqual(['failed', 'succeeded'])
    expect(answers.find(({ status }) => status === 'failed')?.failure).toBe('the receiving bank declined')
    expect(await bankOwes()).toBe(owed - 5_000)
    await press(`/bank/accounts/${accountRef}/refuse-next`, { on: 'yes' })
    await press(`/bank/accounts/${accountRef}/refuse-next`, { on: 'no' })
    expect(await transfer(accountRef)).toMatchObject({ status: 'succeeded' })
    await expectBankSound()
  })

  test('can be sent back later: failed after all, the money is there again, and the shop is told', async () => {
    const accountRef = await aReadyAccount()
    const owed = await bankOwes()
    const [first, last] = [await transfer(accountRef, 100), await transfer(accountRef, 200)]
    const path = `/bank/accounts/${accountRef}/return-last`
    await press(path)
    expect(heardOf('transfer.updated')).toEqual([
      { transferId: last.transferRef, accountId: accountRef, status: 'failed' },
    ])
    expect(await provider.fetchTransfer(last.transferRef)).toEqual({
      transferRef: last.transferRef,
      status: 'failed',
      failure: 'the receiving bank sent it back',
    })
    expect(await provider.fetchTransfer(first.transferRef)).toMatchObject({ status: 'succeeded' })
    expect(await bankOwes()).toBe(owed - 100)
    await Promise.all([press(path), press(path), press(path)])
    expect(await bankOwes()).toBe(owed)
    expect(await db.bankMovement.count({ where: { sourceId: first.transferRef } })).toBe(2)
    await expectBankSound()
  })

  test('to nobody is refused for good', async () => {
    await expect(transfer(randomUUID())).rejects.toBeInstanceOf(ProviderRefused)
    expect(await provider.fetchTransfer(randomUUID())).toBeNull()
  })
})
