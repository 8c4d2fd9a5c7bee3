import type { Client } from 'pg'
import type { Damage } from './damages'

/** An import of a batch that stands there, as if it had made it, with `changes` to what would be right. */
const anImport = (changes: { readonly counts?: string; readonly linesDone?: string }) => async (client: Client) => {
  const { counts = `jsonb_build_object('accepted', b."acceptedCount")`, linesDone = 'b."acceptedCount"' } = changes
  const { rowCount } = await client.query(`
    INSERT INTO stock_import (id, "merchantId", "variantId", "uploadedById", "batchId", state, "byteCount", "wrappedKey", "masterKeyVersion",
      choices, "batchFacts", "linesTotal", "linesDone", counts, "createdAt", "startedAt", "finishedAt")
    SELECT gen_random_uuid(), "merchantId", "variantId", "uploadedById", b.id, 'DONE', 1, b."wrappedKey", b."masterKeyVersion", '{}', '{}',
      b."acceptedCount", ${linesDone}, ${counts}, now(), now(), now()
    FROM stock_batch b WHERE b."acceptedCount" > 1 AND b."rejectedCount" = 0 ORDER BY b.id LIMIT 1`)
  if (!rowCount) throw new Error('no batch to damage')
}

/** What an audit of imports must complain of; see damages.ts. */
export const DAMAGES_OF_IMPORTS: readonly Damage[] = [
  {
    what: 'an import that ended before its last line',
    fails: ['imports/every-line-told'],
    inflict: anImport({ linesDone: 'b."acceptedCount" - 1' }),
  },
  {
    what: 'an import whose report leaves a rejected line out',
    fails: ['imports/every-line-told', 'imports/batches-filled'],
    inflict: anImport({ counts: `jsonb_build_object('accepted', b."acceptedCount" - 1, 'empty', 1)` }),
  },
  {
    what: 'an import that says it took more than its batch holds',
    fails: ['imports/batches-filled', 'imports/every-line-told'],
    inflict: anImport({ counts: `jsonb_build_object('accepted', b."acceptedCount" + 1)` }),
  },
]
