import type { Tx } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import type { ImportUnit } from './find-duplicates'
import { importUnits } from './import-units'
import { type LineVerdict, MAX_CDK_LENGTH, MAX_IMPORT_LINES, readLines } from './read-lines'
import type { CdkVault } from './vault'

export interface ImportInput {
  readonly merchantId: string
  readonly variantId: string
  readonly uploadedById: string
  readonly fileName: string | null
  readonly text: string
  /** Shared delivery: how many buyers each code is for. */
  readonly seats?: number
}

export interface ImportReport {
  readonly batchId: string
  readonly counts: Readonly<Record<LineVerdict, number>>
  /** Lines that were not taken, by number; never their text. */
  readonly rejected: readonly { readonly line: number; readonly verdict: Exclude<LineVerdict, 'accepted'> }[]
}

/**
 * Takes a text of CDKs into stock, one per line, and reports on every line: `importUnits` for those who have no columns.
 * Refuses `access/not-found` for another merchant's variant, `stock/nothing-to-import`, `stock/too-many-lines`.
 */
export async function importCdks(tx: Tx, vault: CdkVault, input: ImportInput, now: Date): Promise<ImportReport> {
  const { text, ...of } = input
  const lines = readLines(text)
  if (lines.length === 0) throw new Refusal('stock/nothing-to-import')
  if (lines.length > MAX_IMPORT_LINES) throw new Refusal('stock/too-many-lines', { most: MAX_IMPORT_LINES })

  const units: ImportUnit[] = []
  const rejected: ImportReport['rejected'][number][] = []
  const counts = {
    accepted: 0,
    empty: 0,
    'too-long': 0,
    'duplicate-in-file': 0,
    'duplicate-in-stock': 0,
    'known-on-mall': 0,
  }
  for (const { line, code } of lines) {
    if (code === '') rejected.push({ line, verdict: 'empty' })
    else if (code.length > MAX_CDK_LENGTH) rejected.push({ line, verdict: 'too-long' })
    else units.push({ line, secret: code, fingerprint: vault.fingerprint(code) })
  }
  const empty = rejected.filter(({ verdict }) => verdict === 'empty').length
  const leftOut = { empty, faulty: rejected.length - empty }
  const { batchId, duplicates } = await importUnits(tx, vault, { ...of, units, leftOut, allOrNothing: false }, now)
  invariant(batchId !== null, 'an import that takes the good makes a batch')
  rejected.push(...duplicates)
  for (const { verdict } of rejected) counts[verdict] += 1
  counts.accepted = units.length - duplicates.length
  return { batchId, counts, rejected: rejected.toSorted((a, b) => a.line - b.line) }
}
