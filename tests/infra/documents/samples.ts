import type { Receipt, ReceiptRefund, Statement, StatementAccount, StatementLine } from '@/lib/infra/documents'

const minute = (count: number) => new Date(Date.UTC(2026, 10, 22, 9, 24, 5) + count * 60_000)

/** A paid order of the demo mall's kind, with a coupon, a wallet part and one refund. */
export function aReceipt(changes: Partial<Receipt> = {}): Receipt {
  return {
    orderNumber: 'KB261122-7M4QXZ',
    status: 'CONFIRMED',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    issuedAt: minute(60),
    placedAt: minute(0),
    paidAt: minute(1),
    deliveredAt: minute(1),
    closedAt: minute(30),
    buyerEmail: 'buyer@example.com',
    seller: {
      shopName: '星河点卡',
      legalName: '杭州星河网络科技有限公司',
      creditCode: '91330106MA2XH0QY3K',
    },
    title: 'Steam 钱包充值码 50 元（国区）',
    variant: '50 元',
    attributes: { region: '中国大陆', platform: 'Steam', validity: '2027-12-31' },
    quantity: 12,
    unitPriceMinor: 4_850,
    tierFrom: 10,
    discountMinor: 3_000,
    coupon: 'WELCOME30',
    promoMinor: 1_200,
    totalMinor: 55_200,
    walletMinor: 10_000,
    payment: { provider: '沙盒银行', reference: 'cap_01JD8Y2V6N7Q4Z3KX5T9' },
    refunds: [aRefund()],
    rules: { inspectionHours: 72, inspectionHoursAfterReveal: 24 },
    snapshotHash: '9f2c4b7e1a6d05c83f7be2914dd0a6b85c3e7f10294b8d6a7c5e3f1b0a9d8c7e',
    ...changes,
  }
}

export function aRefund(changes: Partial<ReceiptRefund> = {}): ReceiptRefund {
  return {
    at: minute(20),
    amountMinor: 4_600,
    method: 'PROVIDER',
    status: 'SUCCEEDED',
    reference: 're_01JD8Z9T3F5H7M',
    ...changes,
  }
}

const KINDS = ['放款', '退款', '转为可提现', '平台费'] as const

/** `count` lines that are made when they are asked for; each third one goes out. */
export function* linesOf(count: number): Generator<StatementLine> {
  for (let index = 0; index < count; index += 1)
    yield {
      at: minute(index),
      kind: KINDS[index % KINDS.length] ?? '放款',
      reference: `KB2611${String(index).padStart(6, '0')}`,
      amountMinor: amountOf(index),
    }
}

function amountOf(index: number): number {
  return index % 3 === 2 ? -1_250 : 5_075
}

export function anAccount(count: number, changes: Partial<StatementAccount> = {}): StatementAccount {
  let sum = 0
  for (let index = 0; index < count; index += 1) sum += amountOf(index)
  return { account: 'pending', openingMinor: 100_000, closingMinor: 100_000 + sum, lines: linesOf(count), ...changes }
}

/** November 2026 in Shanghai. */
export function aStatement(accounts: readonly StatementAccount[]): Statement {
  return {
    seller: aReceipt().seller,
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    from: new Date('2026-10-31T16:00:00Z'),
    to: new Date('2026-11-30T16:00:00Z'),
    issuedAt: new Date('2026-12-01T01:00:00Z'),
    accounts,
  }
}
