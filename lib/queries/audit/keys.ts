import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type AuditTools, type Finding, type Invariant, MOST_EXAMPLES } from './invariant'

const READ_AT_ONCE = 1_000

export const KEYS: readonly Invariant[] = [
  {
    name: 'stock/keys-open',
    says: 'the data key of every batch, upload and file of evidence opens with the master key of its version',
    severity: 'error',
    check: openKeys,
  },
]

const Wrapped = z.object({ id: z.string(), wrappedKey: z.instanceof(Uint8Array), masterKeyVersion: z.number() })

/** All of them, a thousand at a time: a key costs microseconds, and without it a whole batch is lost. */
async function openKeys(tx: Tx, { vault }: AuditTools): Promise<Finding> {
  const shut: string[] = []
  let [counted, after] = [0, '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const rows = await selectRows(
      tx,
      Wrapped,
      sql`
        SELECT * FROM (
          (SELECT id, "wrappedKey", "masterKeyVersion" FROM stock_batch WHERE id > ${after}::uuid ORDER BY id LIMIT ${READ_AT_ONCE})
          UNION ALL
          (SELECT id, "wrappedKey", "masterKeyVersion" FROM stock_import WHERE id > ${after}::uuid ORDER BY id LIMIT ${READ_AT_ONCE})
          UNION ALL
          (SELECT id, "wrappedKey", "masterKeyVersion" FROM evidence_file WHERE id > ${after}::uuid ORDER BY id LIMIT ${READ_AT_ONCE})
        ) AS wrapped ORDER BY id LIMIT ${READ_AT_ONCE}`,
    )
    counted += rows.length
    shut.push(...rows.filter((row) => !opens(vault, row)).map(({ id }) => id))
    const last = rows.at(-1)
    if (!last || rows.length < READ_AT_ONCE) break
    after = last.id
  }
  return { counted, unit: 'keys', offenders: shut.length, examples: shut.slice(0, MOST_EXAMPLES) }
}

function opens(vault: AuditTools['vault'], { wrappedKey, masterKeyVersion }: z.infer<typeof Wrapped>): boolean {
  try {
    return vault.openBatchKey(wrappedKey, masterKeyVersion).length > 0
  } catch {
    // A version that is not here, another key, a changed byte: all mean that the batch is lost.
    return false
  }
}
