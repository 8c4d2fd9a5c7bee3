import { expect, test } from 'vitest'
import { type StatementLine, renderReceipt, renderStatement } from '@/lib/infra/documents'
import { InvariantViolation } from '@/lib/kernel/invariant'
import { readPdf } from './read-pdf'
import { aReceipt, aStatement, anAccount, linesOf } from './samples'

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

test('each account has its opening balance, lines with a running balance, closing balance and totals per kind', async () => {
  const accounts = [anAccount(6), anAccount(3, { account: 'available' }), anAccount(0, { account: 'deposit' })]
  const { text, info } = await readPdf(await bytesOf(renderStatement(aStatement(accounts), 'zh-CN')))
  expect(info).toMatchObject({ Title: '商家对账单 2026年11月' })
  for (const part of [
    '杭州星河网络科技有限公司',
    '2026-11-01 00:00:00 UTC+8 起，2026-12-01 00:00:00 UTC+8 止（不含）',
    '待结算 ¥1,000.00 ¥1,178.00',
    '时间（UTC+8） 类型 订单号 / 提现号 收入 支出 余额 期初余额 ¥1,000.00',
    '2026-11-22 17:24:05 放款 KB2611000000 ¥50.75 ¥1,050.75',
    '2026-11-22 17:26:05 转为可提现 KB2611000002 ¥12.50 ¥1,089.00',
    '期末余额 ¥1,178.00',
    '放款 2 ¥101.50 ¥0.00',
    '退款 2 ¥50.75 ¥12.50',
    '合计 6 ¥203.00 ¥25.00',
    '可提现：按类型合计',
    '保证金',
    '本月没有变动',
    '共 2 页',
  ])
    expect(text).toContain(part)
})

test('an English statement', async () => {
  const { text, info } = await readPdf(await bytesOf(renderStatement(aStatement([anAccount(2)]), 'en')))
  expect(info).toMatchObject({ Title: 'Merchant statement November 2026', Language: 'en' })
  for (const part of [
    'Pending',
    'Opening balance CN¥1,000.00',
    'Closing balance CN¥1,101.50',
    'Page 1',
    '1 page in all',
  ])
    expect(text).toContain(part)
})

test('thousands of lines fill pages that each repeat the head, and none is lost', async () => {
  const count = 2_000
  const bytes = await bytesOf(renderStatement(aStatement([anAccount(count)]), 'zh-CN'))
  const { pages, text, fonts } = await readPdf(bytes)
  expect(pages.length).toBeGreaterThan(30)
  for (const [index, page] of pages.entries()) expect(page).toContain(`第 ${index + 1} 页`)
  const further = pages.slice(1).filter((page) => page.includes('KB2611'))
  expect(further.filter((page) => page.includes('待结算（续） 时间（UTC+8） 类型'))).toEqual(further)
  expect(text.match(/KB2611\d{6}/g)).toHaveLength(count)
  expect(text).toContain(`共 ${pages.length} 页`)
  expect(fonts.names).toHaveLength(2)
  expect(bytes.byteLength).toBeLessThan(500 * 1024)
})

test('documents drawn at the same time do not mix, although they share the fonts', async () => {
  const statement = () => bytesOf(renderStatement(aStatement([anAccount(300)]), 'zh-CN'))
  const receipt = () => renderReceipt(aReceipt(), 'zh-CN')
  const [aloneStatement, aloneReceipt] = [await statement(), await receipt()]
  const [first, other, second] = await Promise.all([statement(), receipt(), statement()])
  expect(Buffer.compare(first, aloneStatement)).toBe(0)
  expect(Buffer.compare(other, aloneReceipt)).toBe(0)
  expect(Buffer.compare(second, aloneStatement)).toBe(0)
})

test('lines are read as the reader takes pages, and no further once he is gone', async () => {
  let read = 0
  let closed = false
  async function* counted(): AsyncGenerator<StatementLine> {
    try {
      for (const line of linesOf(5_000)) {
        read += 1
        yield line
      }
    } finally {
      closed = true
    }
  }
  const reader = renderStatement(aStatement([anAccount(0, { lines: counted() })]), 'zh-CN').getReader()
  for (let chunk = 0; chunk < 3; chunk += 1) expect((await reader.read()).done).toBe(false)
  expect(read).toBeLessThan(500)
  await reader.cancel()
  expect(closed).toBe(true)
  expect(read).toBeLessThan(500)
})

test('lines that do not lead to the closing balance fail the file, as do lines that cannot be read', async () => {
  const wrong = anAccount(5, { closingMinor: 1 })
  await expect(bytesOf(renderStatement(aStatement([wrong]), 'zh-CN'))).rejects.toThrow(InvariantViolation)
  // oxlint-disable-next-line require-yield
  const broken = (async function* (): AsyncGenerator<StatementLine> {
    throw new Error('the database went away')
  })()
  await expect(bytesOf(renderStatement(aStatement([anAccount(0, { lines: broken })]), 'zh-CN'))).rejects.toThrow(
    'the database went away',
  )
})

test('a line of another UTC offset says its own', async () => {
  const lines: StatementLine[] = [{ at: new Date('2026-11-10T12:00:00Z'), kind: 'x', reference: null, amountMinor: 1 }]
  const statement = {
    ...aStatement([anAccount(0, { openingMinor: 0, closingMinor: 1, lines })]),
    timeZone: 'America/New_York',
    from: new Date('2026-11-01T04:00:00Z'),
  }
  const { text } = await readPdf(await bytesOf(renderStatement(statement, 'en')))
  expect(text).toContain('Time (UTC-4)')
  expect(text).toContain('2026-11-10 07:00:00 UTC-5')
})
