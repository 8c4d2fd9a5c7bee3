import type { Client } from 'pg'
import type { Damage } from './damages'

/** Each must hit a row, or it damages nothing. */
const sql = (statement: string) => async (client: Client) => {
  const { rowCount } = await client.query(statement)
  if (!rowCount) throw new Error(`this hit nothing: ${statement}`)
}
const batchWith = (state: string) => `(SELECT "batchId" FROM cdk WHERE state = '${state}' ORDER BY id LIMIT 1)`
/** A batch that holds CDKs of this state and none of the other. */
const batchWithout = (state: string, other: string) => `(
  SELECT "batchId" FROM cdk GROUP BY 1 HAVING bool_or(state = '${state}') AND NOT bool_or(state = '${other}') ORDER BY 1 LIMIT 1)`
const FROZEN = `"frozenAt" = now(), "frozenById" = gen_random_uuid(), "frozenReason" = 'damage'`

/** What an audit of batches must complain of; see damages.ts. */
export const DAMAGES_OF_BATCHES: readonly Damage[] = [
  {
    what: 'a retired batch that is still for sale',
    fails: ['batches/out-of-sale'],
    inflict: sql(`UPDATE stock_batch SET "retiredAt" = now(), "dueAt" = NULL WHERE id = ${batchWith('AVAILABLE')}`),
  },
  {
    what: 'a frozen batch whose sweep was forgotten',
    fails: ['batches/out-of-sale'],
    inflict: sql(
      `UPDATE stock_batch SET ${FROZEN}, "dueAt" = NULL WHERE id = ${batchWithout('AVAILABLE', 'DELIVERED')}`,
    ),
  },
  {
    what: 'a buyer who holds a frozen CDK',
    fails: ['batches/frozen-refunded', 'batches/out-of-sale'],
    inflict: sql(`UPDATE stock_batch SET ${FROZEN}, "dueAt" = NULL WHERE id = ${batchWith('DELIVERED')}`),
  },
  {
    what: 'a freeze that nobody carries out',
    fails: ['batches/swept-in-time'],
    inflict: sql(`UPDATE stock_batch SET ${FROZEN}, "dueAt" = '2026-01-01' WHERE id = ${batchWith('DELIVERED')}`),
  },
  {
    what: 'a code of two merchants that nobody was told of',
    fails: ['batches/pairs-told', 'stock/opens'],
    inflict: sql(`
      UPDATE cdk SET fingerprint = other.fingerprint
      FROM (SELECT fingerprint, "merchantId" FROM cdk ORDER BY id LIMIT 1) AS other WHERE cdk.id = (
        SELECT id FROM cdk WHERE "merchantId" <> (SELECT "merchantId" FROM cdk ORDER BY id LIMIT 1) ORDER BY id LIMIT 1)`),
  },
  {
    what: 'a proof without its file',
    fails: ['batches/proofs-kept'],
    inflict: sql(`
      INSERT INTO batch_proof (id, "merchantId", "batchId", "fileKey", "fileName", "contentType", "byteCount", sha256, "uploadedById", "createdAt")
      SELECT gen_random_uuid(), "merchantId", id, 'proofs/none', 'x.pdf', 'application/pdf', 1, sha256(''), gen_random_uuid(), now()
      FROM stock_batch LIMIT 1`),
  },
]
