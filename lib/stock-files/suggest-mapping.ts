import { fieldNamed, isSecretColumn, type StockField } from './header-names'
import type { MappedColumn, StockMapping } from './mapping'
import { parseExpiry } from './parse-expiry'
import type { StockRow } from './stock-row'

/**
 * Why a column was given its meaning: `named` by its header, `looks` by what stands in it, `place` by where it stands
 * among columns that are understood, `unknown` when nothing speaks for anything and it is left out.
 */
export type SuggestReason = 'named' | 'looks' | 'place' | 'unknown'

export interface SuggestedMapping extends StockMapping {
  readonly reasons: readonly SuggestReason[]
  /** Nothing was left to guess by place; otherwise the merchant should look twice. */
  readonly certain: boolean
}

interface Guess {
  readonly field: StockField
  readonly reason: SuggestReason
  readonly label: string | null
}

const MAX_LABEL_CHARS = 20
const LOOKED_AT_CHARS = 200
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u
const PHONE = /^(?:\+?\d{1,3}[- ]?)?1[3-9]\d{9}$/u
const LINK = /^(?:https?:\/\/|www\.)\S+$/iu
const DATE = /\d\s*[-/.年]\s*\d|^(?:永久|长期|never)/iu
const PRICE = /^[¥￥]\s*\d|\d\s*元$|^\d{1,5}\.\d{1,2}$/u

/** What the columns of `sample` probably mean: by their names, else by what stands in them, else by the usual order. */
export function suggestMapping(sample: readonly StockRow[]): SuggestedMapping {
  const rows = sample.filter((row) => row.fault === null && row.fields.some((field) => field !== ''))
  const names = rows.at(-1)?.columns ?? null
  const width = Math.max(names?.length ?? 0, usualWidth(rows))
  const guesses = Array.from({ length: width }, (_, at) => {
    const values = rows.map((row) => (row.fields[at] ?? '').slice(0, LOOKED_AT_CHARS)).filter((value) => value !== '')
    return guessColumn(names?.[at] ?? null, values)
  })
  const settled = settle(guesses, names)
  return {
    columns: settled.map(({ field, label }): MappedColumn => ({ field, label })),
    reasons: settled.map(({ reason }) => reason),
    certain: settled.every(({ reason }) => reason === 'named' || reason === 'looks') || settled.length === 1,
  }
}

function guessColumn(name: string | null, values: readonly string[]): Guess | null {
  const label = name === null ? null : labelOf(name.slice(name.lastIndexOf('.') + 1))
  const named = name === null ? null : fieldNamed(name.slice(name.lastIndexOf('.') + 1))
  if (named) return { field: named, reason: 'named', label }
  const looks = (pattern: RegExp) =>
    values.length > 0 && values.filter((value) => pattern.test(value)).length >= values.length * 0.8
  const field = looks(LINK)
    ? 'link'
    : looks(ADDRESS) || looks(PHONE)
      ? 'account'
      : looks(DATE) && values.filter((value) => parseExpiry(value) !== null).length >= values.length * 0.8
        ? 'expiry'
        : looks(PRICE)
          ? 'cost'
          : null
  return field === null ? null : { field, reason: 'looks', label }
}

/** Without control characters and half characters, which a database of texts does not take. */
function labelOf(name: string): string | null {
  return name.slice(0, MAX_LABEL_CHARS).replaceAll(/[\p{Cc}\p{Cs}]/gu, '') || null
}

/** Gives meaning to the columns that have none of their own, from what the others are. */
function settle(guesses: readonly (Guess | null)[], names: readonly string[] | null): Guess[] {
  const settled: (Guess | null)[] = [...guesses]
  const has = (field: StockField) => settled.some((guess) => guess?.field === field)
  const labelAt = (at: number) => labelOf(names?.[at] ?? '')
  const place = (at: number, field: StockField, label = labelAt(at)) => {
    settled[at] = { field, reason: 'place', label }
  }
  // `secret` holds the codes whatever else sounds like one.
  const secretAt = names?.findIndex(isSecretColumn) ?? -1
  const firstCode = secretAt >= 0 ? secretAt : settled.findIndex((guess) => guess?.field === 'code')
  for (const [at, guess] of settled.entries()) {
    // 卡号 and 卡密, or a card's 密码 without any account: the second is the PIN of the first.
    if (guess?.field === 'code' && at !== firstCode) settled[at] = { ...guess, field: 'pin' }
    if (guess?.field === 'password' && !has('account') && firstCode >= 0) settled[at] = { ...guess, field: 'pin' }
  }
  const free = settled.flatMap((guess, at) => (guess === null ? [at] : []))
  if (names !== null) {
    // Columns whose names say nothing are left out, unless the code would be missing: then it is the first of them.
    const [first] = free
    if (first !== undefined && !has('code') && !has('account') && !has('link')) place(first, 'code')
  } else if (has('account')) {
    // 邮箱----密码----邮箱密码----秘钥 is how accounts are written when nobody says otherwise.
    const labels = [null, '邮箱密码', null] as const
    for (const [nth, field] of (['password', 'password', 'code'] as const).entries()) {
      const at = free[nth]
      if (at !== undefined) place(at, field, labels[nth] ?? null)
    }
  } else {
    for (const [nth, field] of (['code', 'pin'] as const).entries()) {
      const at = free[nth]
      if (at !== undefined && !has(field)) place(at, field)
    }
  }
  return settled.map((guess, at) => guess ?? { field: 'ignore', reason: 'unknown', label: labelAt(at) })
}

function usualWidth(rows: readonly StockRow[]): number {
  const seen = new Map<number, number>()
  for (const { fields } of rows) seen.set(fields.length, (seen.get(fields.length) ?? 0) + 1)
  const [usual] = [...seen].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])
  return usual?.[0] ?? 0
}
