import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

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

export interface DuplicateLine {
  readonly line: number
  readonly verdict: 'duplicate-in-file' | 'duplicate-in-stock'
}

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
  const { fresh, repeated } = splitRepeated(units)
  const duplicates: DuplicateLine[] = [...repeated]
  const candidates = [...fresh]
  for (let at = 0; at < candidates.length; at += ROWS_PER_STATEMENT) {
    const chunk = candidates.slice(at, at + ROWS_PER_STATEMENT)
    const known = await selectRows(
      tx,
      z.object({ fingerprint: z.string() }),
      sql`SELECT encode(fingerprint, 'hex') AS fingerprint FROM cdk
          WHERE "merchantId" = ${merchantId}::uuid AND fingerprint = ANY(${chunk.map(([, unit]) => unit.fingerprint)}::bytea[])`,
    )
    const stored = new Set(known.map(({ fingerprint }) => fingerprint))
    for (const [hex, { line }] of chunk) if (stored.has(hex)) duplicates.push({ line, verdict: 'duplicate-in-stock' })
  }
  return duplicates.toSorted((a, b) => a.line - b.line)
}

/** Units by fingerprint, the first of each, and the lines of the others. */
export function splitRepeated(units: readonly ImportUnit[]): {
  readonly fresh: ReadonlyMap<string, ImportUnit>
  readonly repeated: readonly DuplicateLine[]
} {
  const fresh = new Map<string, ImportUnit>()
  const repeated: DuplicateLine[] = []
  for (const unit of units) {
    const hex = Buffer.from(unit.fingerprint).toString('hex')
    if (fresh.has(hex)) repeated.push({ line: unit.line, verdict: 'duplicate-in-file' })
    else fresh.set(hex, unit)
  }
  return { fresh, repeated }
}

export async function requireOwnVariant(tx: Tx, merchantId: string, variantId: string): Promise<void> {
  const owned = await tx.variant.count({ where: { id: variantId, merchantId } })
  if (owned === 0) throw new Refusal('access/not-found')
}
