import { type Sql, sql } from '@/lib/domain/tx'
import { z } from 'zod'

export const FINGERPRINT_BYTES = 32

/** A code that somebody has already, whatever became of it. */
export const KnownCode = z.object({
  /** Hex. */
  fingerprint: z.string(),
  merchantId: z.string(),
  cdkId: z.string(),
})
export type KnownCode = z.infer<typeof KnownCode>

/** Why a unit that is sound by itself is not taken. */
export type DuplicateVerdict = 'duplicate-in-file' | 'duplicate-in-stock' | 'known-on-mall'

/**
 * Which of these fingerprints stand in stock already, one row each: the merchant's own before another's, the first of those.
 * They go over as one piece of bytes, so that the statement's text is the same for any number of them.
 */
export function knownCodes(merchantId: string, fingerprints: readonly Uint8Array[]): Sql {
  const all = Buffer.concat(fingerprints)
  return sql`
    SELECT DISTINCT ON (c.fingerprint) encode(c.fingerprint, 'hex') AS fingerprint, c."merchantId", c.id AS "cdkId"
    FROM cdk c WHERE c.fingerprint = ANY (ARRAY(
      SELECT substring(${all}::bytea FROM at * ${FINGERPRINT_BYTES}::int + 1 FOR ${FINGERPRINT_BYTES}::int)
      FROM generate_series(0, ${fingerprints.length}::int - 1) at))
    ORDER BY c.fingerprint, c."merchantId" = ${merchantId}::uuid DESC, c.id`
}

/** Two merchants have brought the same code: what operators see of it. */
export interface CodePair {
  readonly fingerprint: Uint8Array
  readonly line: number | null
  readonly firstMerchantId: string
  readonly firstCdkId: string
}

/** Writes pairs down for operators; a pair of merchants and a code stands there once, however often they try. */
export function recordPairs(
  merchantId: string,
  importId: string | null,
  pairs: readonly (CodePair & { readonly id: string })[],
  now: Date,
): Sql {
  return sql`
    INSERT INTO fingerprint_pair (id, fingerprint, "merchantId", "importId", line, "firstMerchantId", "firstCdkId", "seenAt")
    SELECT id, decode(fingerprint, 'hex'), ${merchantId}::uuid, ${importId}::uuid, line, "firstMerchantId", "firstCdkId", ${now}::timestamptz
    FROM unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ fingerprint }) => toHex(fingerprint))}::text[],
      ${pairs.map(({ line }) => line)}::int[], ${pairs.map(({ firstMerchantId }) => firstMerchantId)}::uuid[],
      ${pairs.map(({ firstCdkId }) => firstCdkId)}::uuid[]) AS pair (id, fingerprint, line, "firstMerchantId", "firstCdkId")
    ON CONFLICT (fingerprint, "merchantId", "firstMerchantId") DO NOTHING`
}

/** A fingerprint as a key of maps. */
export function toHex(fingerprint: Uint8Array): string {
  return Buffer.from(fingerprint.buffer, fingerprint.byteOffset, fingerprint.length).toString('hex')
}
