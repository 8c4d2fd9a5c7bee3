import { expect, test } from 'vitest'
import { renderReceipt } from '@/lib/infra/documents'
import { InvariantViolation } from '@/lib/kernel/invariant'
import { readPdf } from './read-pdf'
import { aReceipt, aRefund } from './samples'

const ENGLISH = {
  title: 'Steam Wallet code CNY 50 (China region)',
  variant: 'CNY 50',
  attributes: { region: 'Mainland China', platform: 'Steam' },
  payment: { provider: 'Sandbox bank', reference: 'cap_01JD8Y2V6N7Q4Z3KX5T9' },
}

test('a Chinese receipt says who sold what to whom, for how much, and how it was paid and refunded', async () => {
  const { pages, text, info } = await readPdf(await renderReceipt(aReceipt(), 'zh-CN'))
  expect(pages).toHaveLength(1)
  expect(info).toMatchObject({ Title: '收据 KB261122-7M4QXZ', Language: 'zh-CN' })
  for (const part of [
    '收据',
    '订单号 KB261122-7M4QXZ',
    '已确认收货',
    'buyer@example.com',
    '星河点卡',
    '杭州星河网络科技有限公司',
    '91330106MA2XH0QY3K',
    '下单时间 2026-11-22 17:24:05 UTC+8',
    'Steam 钱包充值码 50 元（国区）',
    '规格：50 元',
    '地区：中国大陆 · 平台：Steam · 有效期：2027-12-31',
    '批发价，满 10 件起',
    '12 ¥48.50 ¥582.00',
    '优惠（WELCOME30） -¥30.00',
    '其中平台承担 ¥12.00',
    '手续费（平台费由商家承担，买家不付） ¥0.00',
    '合计 ¥552.00',
    '其中钱包余额 ¥100.00',
    '其中沙盒银行 ¥452.00',
    '已退款 -¥46.00',
    '退款后实付 ¥506.00',
    '支付渠道 钱包余额 + 沙盒银行',
    'cap_01JD8Y2V6N7Q4Z3KX5T9',
    '2026-11-22 17:44:05 UTC+8 原路退回 re_01JD8Z9T3F5H7M 已退回 ¥46.00',
    '72 小时检验期',
    '24 小时',
    '9f2c4b7e1a6d05c83f7be2914dd0a6b85c3e7f10294b8d6a7c5e3f1b0a9d8c7e',
    '担保交易',
    '不是税务发票；发票由商家开具',
    '第 1 页，共 1 页',
  ])
    expect(text).toContain(part)
})

test('an English receipt keeps the Chinese names of the merchant', async () => {
  const { pages, text, info } = await readPdf(await renderReceipt(aReceipt(ENGLISH), 'en'))
  expect(pages).toHaveLength(1)
  expect(info).toMatchObject({ Title: 'Receipt KB261122-7M4QXZ', Language: 'en' })
  for (const part of [
    'Order KB261122-7M4QXZ',
    'Merchant 星河点卡',
    'Legal name 杭州星河网络科技有限公司',
    'Unified Social Credit Code 91330106MA2XH0QY3K',
    'Steam Wallet code CNY 50 (China region)',
    'Discount (WELCOME30) -CN¥30.00',
    'Fee (borne by the merchant; the buyer pays no fee) CN¥0.00',
    'Total CN¥552.00',
    'of it from the wallet CN¥100.00',
    'of it through Sandbox bank CN¥452.00',
    'Paid after refunds CN¥506.00',
    'The way it was paid re_01JD8Z9T3F5H7M Refunded CN¥46.00',
    "Keybond's payment protection",
    'not a tax invoice',
    'Page 1 of 1',
  ])
    expect(text).toContain(part)
})

test('the fonts are embedded as subsets, so a usual receipt is small, and the same receipt is the same file', async () => {
  const bytes = await renderReceipt(aReceipt(), 'zh-CN')
  const { fonts } = await readPdf(bytes)
  expect(fonts).toMatchObject({ embedded: 2, searchable: 2 })
  expect(fonts.names).toEqual([
    expect.stringMatching(/^[A-Z]{6}\+NotoSansHans-Medium$/),
    expect.stringMatching(/^[A-Z]{6}\+NotoSansHans-Regular$/),
  ])
  expect(bytes.byteLength).toBeLessThan(200 * 1024)
  expect(Buffer.compare(bytes, await renderReceipt(aReceipt(), 'zh-CN'))).toBe(0)
})

test('a CDK that a careless query hands over is not printed', async () => {
  const careless = { ...aReceipt(), cdks: ['AAAA-BBBB-CCCC'], code: 'AAAA-BBBB-CCCC' }
  expect((await readPdf(await renderReceipt(careless, 'zh-CN'))).text).not.toContain('AAAA-BBBB')
})

test("many refunds run onto further pages, each with the table's head and its number", async () => {
  const refunds = Array.from({ length: 120 }, (_, index) =>
    aRefund({ amountMinor: 100 + index, reference: `re_${String(index).padStart(4, '0')}` }),
  )
  const { pages, text } = await readPdf(await renderReceipt(aReceipt({ refunds }), 'zh-CN'))
  expect(pages.length).toBeGreaterThan(2)
  for (const [index, page] of pages.entries()) {
    expect(page).toContain(`第 ${index + 1} 页，共 ${pages.length} 页`)
  }
  const withRefunds = pages.filter((page) => page.includes('re_0'))
  expect(withRefunds.filter((page) => page.includes('退款流水号 状态 金额'))).toEqual(withRefunds)
  for (const { reference } of refunds) expect(text).toContain(reference)
  expect(text).toContain('已退款 -¥191.40')
})

test('refunds that are not with the buyer yet are not called refunded', async () => {
  const refunds = [
    aRefund({ amountMinor: 1_000, method: 'WALLET', reference: null }),
    aRefund({ amountMinor: 2_000, status: 'SENT' }),
    aRefund({ amountMinor: 3_000, status: 'FAILED' }),
  ]
  const { text } = await readPdf(await renderReceipt(aReceipt({ refunds }), 'zh-CN'))
  expect(text).toContain('已退款 -¥10.00 退款中 -¥50.00 退款后实付 ¥492.00')
  expect(text).toContain('退回钱包 无 已退回 ¥10.00')
  expect(text).toContain('未退成，平台处理中 ¥30.00')
})

test('long names wrap and lose nothing', async () => {
  const legalName = `上海${'星河网络科技'.repeat(12)}有限公司`
  const title = '充值码'.repeat(40)
  const buyerEmail = `${'a'.repeat(180)}@example.com`
  const { text } = await readPdf(
    await renderReceipt(aReceipt({ title, buyerEmail, seller: { ...aReceipt().seller, legalName } }), 'zh-CN'),
  )
  const joined = text.replaceAll(' ', '')
  for (const name of [legalName, title, buyerEmail]) expect(joined).toContain(name)
})

test('a character that the font lacks is boxed and named, and no invisible one turns a name around', async () => {
  const shopName = '𠮷田🎮\u202E卡点\u200B店'
  const { text } = await readPdf(await renderReceipt(aReceipt({ seller: { ...aReceipt().seller, shopName } }), 'zh-CN'))
  expect(text).toContain('□田□卡点店')
  expect(text).toContain('依次为 U+20BB7, U+1F3AE；')
  expect((await readPdf(await renderReceipt(aReceipt(), 'zh-CN'))).text).not.toContain('□')
})

test('a wallet alone pays without a reference', async () => {
  const { text } = await readPdf(
    await renderReceipt(aReceipt({ walletMinor: 55_200, payment: null, refunds: [] }), 'zh-CN'),
  )
  expect(text).toContain('支付渠道 钱包余额')
  expect(text).not.toContain('渠道流水号')
})

test.each([
  ['parts that miss the total', { totalMinor: 55_201 }],
  ['a promotion above the discount', { promoMinor: 3_001 }],
  ['a wallet part above the total', { walletMinor: 55_201 }],
  ['a part that nobody paid', { payment: null }],
  ['more refunded than paid', { refunds: [aRefund({ amountMinor: 55_201 })] }],
])('no receipt is printed with %s', async (_, wrong) => {
  await expect(renderReceipt(aReceipt(wrong), 'zh-CN')).rejects.toThrow(InvariantViolation)
})
