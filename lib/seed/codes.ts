import type { Dice } from './dice'

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const DIGITS = '0123456789'
const MIXED = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const LOWER = 'abcdefghijkmnpqrstuvwxyz23456789'

/** How the CDKs of a product look: the forms that issuers use. */
const FORMATS = {
  /** Card number and PIN. */
  'card-pin': (dice) => `${dice.symbols(LETTERS, 2)}${dice.symbols(DIGITS, 14)}----${dice.symbols(DIGITS, 8)}`,
  'card-pin-named': (dice) => `卡号：${dice.symbols(DIGITS, 16)} 密码：${dice.symbols(DIGITS, 18)}`,
  'key-5x5': (dice) => groups(dice, MIXED, 5, 5),
  'key-3x5': (dice) => groups(dice, MIXED, 3, 5),
  'key-4x4': (dice) => groups(dice, MIXED, 4, 4),
  /** Sixteen digits, the last one by Luhn. */
  'digits-16': (dice) => withLuhn(`6${dice.symbols(DIGITS, 14)}`),
  /** E-mail, password and recovery code of a ready-made account. */
  account: (dice) =>
    `${dice.symbols(LOWER, 9)}@mail.example.com----${dice.symbols(MIXED + LOWER, 12)}----${groups(dice, MIXED, 2, 4)}`,
  link: (dice) => `https://redeem.example.com/r/${dice.symbols(LOWER, 22)}`,
  voucher: (dice) => `${dice.symbols(LETTERS, 3)}${dice.symbols(MIXED, 9)}`,
  token: (dice) => `kbdemo_${dice.symbols(MIXED + LOWER, 32)}`,
} as const satisfies Record<string, (dice: Dice) => string>

export type CodeFormat = keyof typeof FORMATS

/** `count` different codes, one a line, as a merchant would upload them. */
export function codesOf(format: CodeFormat, count: number, dice: Dice): string {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(FORMATS[format](dice))
  return [...codes].join('\n')
}

function groups(dice: Dice, alphabet: string, count: number, length: number): string {
  return Array.from({ length: count }, () => dice.symbols(alphabet, length)).join('-')
}

function withLuhn(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, at) => total + luhnValue(Number(digit), at % 2 === 0), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

function luhnValue(digit: number, doubled: boolean): number {
  if (!doubled) return digit
  return digit > 4 ? digit * 2 - 9 : digit * 2
}
