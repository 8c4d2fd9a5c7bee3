import { newId } from '@/lib/kernel/ids'
import type { ImportUnit } from './find-duplicates'
import { type CodePair, type DuplicateVerdict, type KnownCode, toHex } from './known-codes'

export interface Duplicate {
  readonly line: number
  readonly verdict: DuplicateVerdict
}

export interface SortedOut {
  /** By the place of a unit, null for those to take. */
  readonly verdicts: readonly (DuplicateVerdict | null)[]
  /** Codes of another merchant. */
  readonly pairs: readonly (CodePair & { readonly id: string })[]
}

/**
 * Says of each unit whether it is taken: once in the file, not in the merchant's stock, and nobody else's on the mall.
 * `mayRepeat` narrows down whom to compare within these units; `sawBefore` says that an earlier line, outside of these, had it.
 */
export function sortOutDuplicates(
  merchantId: string,
  units: readonly ImportUnit[],
  known: readonly KnownCode[],
  twice: { readonly mayRepeat: boolean; readonly sawBefore: (at: number) => boolean },
): SortedOut {
  const stored = new Map(known.map((code) => [code.fingerprint, code]))
  const pairs: (CodePair & { readonly id: string })[] = []
  if (stored.size === 0 && !twice.mayRepeat) return { verdicts: Array.from(units, () => null), pairs }
  const here = new Set<string>()
  const verdicts = units.map((unit, at): DuplicateVerdict | null => {
    const hex = toHex(unit.fingerprint)
    if (here.has(hex)) return 'duplicate-in-file'
    if (twice.mayRepeat) here.add(hex)
    const code = stored.get(hex)
    if (!code) return null
    if (twice.sawBefore(at)) return 'duplicate-in-file'
    if (code.merchantId === merchantId) return 'duplicate-in-stock'
    const { fingerprint, line } = unit
    pairs.push({ id: newId(), fingerprint, line, firstMerchantId: code.merchantId, firstCdkId: code.cdkId })
    return 'known-on-mall'
  })
  return { verdicts, pairs }
}
