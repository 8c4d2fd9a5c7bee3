/** One account of the demo mall, as `npm start` prints it. */
export interface DemoAccount {
  readonly role: 'OPERATOR' | 'ARBITRATOR' | 'MERCHANT' | 'BUYER'
  readonly displayName: string
  readonly email: string
  readonly password: string
  /** The merchant a MERCHANT works for, by slug. */
  readonly merchant?: string
}

/**
 * Accounts that only the seed creates, in a demo installation only; their passwords are public. The operator is the first
 * account that the seed makes and one of the arbitrators the last, which is how an interrupted seed is recognised.
 */
export const DEMO_OPERATOR: DemoAccount = {
  role: 'OPERATOR',
  displayName: '平台运营 林越',
  email: 'operator@keybond.example',
  password: 'demo-operator-2026',
}
/** Several: a ruling may need a second signature, an appeal somebody else, and each of them may have a tie to a side. */
export const DEMO_ARBITRATORS: readonly DemoAccount[] = [
  arbitrator('', '仲裁员 周正'),
  arbitrator('2', '仲裁员 何平'),
  arbitrator('3', '仲裁员 宋明'),
]
export const LAST_DEMO_ACCOUNT = arbitrator('4', '仲裁员 严真')

export const DEMO_MERCHANTS: readonly DemoAccount[] = [
  owner('xingqiao', '沈星桥'),
  owner('heikuo', '梁阔'),
  owner('lvyin', '顾绿茵'),
  owner('guangying', '罗光影'),
  owner('yunduan', '赵云端'),
  owner('zhixing', '陶知行'),
  owner('tangguo', '苏糖'),
  owner('baili', '韩百礼'),
  owner('xinhai', '孟新海'),
]

export const DEMO_BUYERS: readonly DemoAccount[] = [
  buyer('lin', '小林'),
  buyer('chen', '陈默'),
  buyer('amy', 'Amy Wu'),
  buyer('zhao', '赵一鸣'),
  buyer('maya', 'Maya Chen'),
  buyer('qiu', '秋白'),
]

/** What demo guests show together with their order number. */
export const DEMO_GUEST_PASSCODE = 'demo-guest-2026'

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  DEMO_OPERATOR,
  ...DEMO_MERCHANTS,
  ...DEMO_BUYERS,
  ...DEMO_ARBITRATORS,
  LAST_DEMO_ACCOUNT,
]

function arbitrator(which: string, displayName: string): DemoAccount {
  return {
    role: 'ARBITRATOR',
    displayName,
    email: `arbitrator${which}@keybond.example`,
    password: 'demo-arbitrator-2026',
  }
}

function owner(merchant: string, displayName: string): DemoAccount {
  return { role: 'MERCHANT', displayName, email: `owner@${merchant}.example`, password: 'demo-merchant-2026', merchant }
}

function buyer(name: string, displayName: string): DemoAccount {
  return { role: 'BUYER', displayName, email: `${name}@buyers.example`, password: 'demo-buyer-2026' }
}
