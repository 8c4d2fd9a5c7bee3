import { mapFields, type MapOptions, type Rejection, type StockUnit } from './map-fields'
import type { StockMapping } from './mapping'
import { SeenSet } from './seen-set'
import type { StockRow } from './stock-row'

/**
 * `accepted`: certainly not in an earlier row of this file. `perhaps-twice`: an earlier row very probably had it; only the
 * caller, who compares full fingerprints, may say "duplicate in file". All else is rejected.
 */
export type JudgedRow =
  | {
      readonly line: number
      readonly verdict: 'accepted' | 'perhaps-twice'
      readonly unit: StockUnit
      readonly fingerprint: Uint8Array<ArrayBuffer>
    }
  | {
      readonly line: number
      readonly verdict: Rejection
      readonly column: number | null
      /** For the list of rejected lines that the merchant can download. */
      readonly fields: readonly string[]
    }

export interface JudgeOptions extends MapOptions {
  /** Full fingerprint of a unit's identity, keyed and spread evenly (the vault's). */
  readonly fingerprint: (identity: string) => Uint8Array<ArrayBuffer>
  /** Kept over several calls when a file is read in parts. */
  readonly seen?: SeenSet
}

/** The verdict on every row, in order, one at a time. */
export async function* judgeRows(
  rows: AsyncIterable<StockRow>,
  mapping: StockMapping,
  options: JudgeOptions,
): AsyncGenerator<JudgedRow, void, undefined> {
  const seen = options.seen ?? new SeenSet()
  for await (const row of rows) {
    const mapped = mapFields(row, mapping, options)
    if (mapped.verdict === 'accepted') {
      const fingerprint = options.fingerprint(mapped.unit.identity)
      const verdict = seen.add(fingerprint) ? 'perhaps-twice' : 'accepted'
      yield { line: row.line, verdict, unit: mapped.unit, fingerprint }
    } else yield { ...mapped, fields: row.fields }
  }
}
