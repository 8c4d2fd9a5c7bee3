import { type Tx, selectRows } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { KnownCode, knownCodes } from './known-codes'
import { type Duplicate, type SortedOut, sortOutDuplicates } from './sort-out-duplicates'

/** As many rows go into one statement on `cdk`. */
export const ROWS_PER_STATEMENT = 2_000

export interface ImportUnit {
  /** Where it stands in the upload, 1-based. */
  readonly line: number
  /** What the buyer will get; plaintext, sealed before it is stored. */
  readonly secret: string
  /** The vault's, of what makes the unit this one and no other. */
  readonly fingerprint: Uint8Array<ArrayBuffer>
  readonly expiresAt?: Date | null
  readonly costMinor?: number | null
  /** The merchant's own; never shown to buyers. */
  readonly note?: string | null
}

export type DuplicateLine = Duplicate

/**
 * The dry run of `importUnits`: which of `units` would not be taken, in the order of their lines. Writes nothing and
 * promises nothing: another upload may bring the same codes meanwhile. Refuses `access/not-found` for another merchant's variant.
 */
export async function findDuplicates(
  tx: Tx,
  { merchantId, variantId }: { readonly merchantId: string; readonly variantId: string },
  units: readonly ImportUnit[],
): Promise<readonly DuplicateLine[]> {
  await requireOwnVariant(tx, merchantId, variantId)
  return duplicatesAmong(units, (await sortOut(tx, merchantId, units)).verdicts)
}

/** What stands in stock of these units, and what of them is new. */
export async function sortOut(tx: Tx, merchantId: string, units: readonly ImportUnit[]): Promise<SortedOut> {
  const known: KnownCode[] = []
  for (let at = 0; at < units.length; at += ROWS_PER_STATEMENT) {
    const chunk = units.slice(at, at + ROWS_PER_STATEMENT).map(({ fingerprint }) => fingerprint)
    known.push(...(await selectRows(tx, KnownCode, knownCodes(merchantId, chunk))))
  }
  return sortOutDuplicates(merchantId, units, known, { mayRepeat: true, sawBefore: () => false })
}

/** The lines that have a verdict, in the order of their lines. */
export function duplicatesAmong(units: readonly ImportUnit[], verdicts: SortedOut['verdicts']): DuplicateLine[] {
  return units
    .flatMap(({ line }, at) => {
      const verdict = verdicts[at] ?? null
      return verdict === null ? [] : [{ line, verdict }]
    })
    .toSorted((a, b) => a.line - b.line)
}

export async function requireOwnVariant(tx: Tx, merchantId: string, variantId: string): Promise<void> {
  const owned = await tx.variant.count({ where: { id: variantId, merchantId } })
  if (owned === 0) throw new Refusal('access/not-found')
}
