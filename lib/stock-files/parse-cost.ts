import type { Minor } from '@/lib/kernel/money'

/** The most that one unit may have cost, in minor units; fits PostgreSQL's integer. */
const MAX_COST_MINOR: Minor = 2_000_000_000
const MAX_CHARS = 40
const AMOUNT = /^(?:CNY|RMB|CN¥|¥|￥)?\s*(\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.(\d{1,6}))?\s*(?:元|块|CNY|RMB)?$/iu

/** `12.30`, `¥1,234.5`, `12元` in minor units (fen). Null for anything else, also for a third decimal that is not zero. */
export function parseCost(text: string): Minor | null {
  const match = text.length > MAX_CHARS ? null : AMOUNT.exec(text.normalize('NFKC').trim())
  if (!match) return null
  const [, whole = '', fraction = ''] = match
  if (/[1-9]/u.test(fraction.slice(2))) return null
  const minor = Number(whole.replaceAll(',', '')) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'))
  return minor <= MAX_COST_MINOR ? minor : null
}
