import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import type { CdkVault } from './vault'

const Leak = z.object({
  exportId: z.string(),
  merchantId: z.string(),
  merchantName: z.string(),
  userId: z.string(),
  exportedAt: z.date(),
  cdkId: z.string(),
  mark: z.string(),
})
export type Leak = z.infer<typeof Leak>

const MOST_WORDS = 64

/**
 * Which export a leaked line is from: by a mark in it, wherever it stands, or by the code itself (`by` says which). Null when neither is known.
 * For operators; reads no plaintext.
 */
export async function findExportOf(
  tx: Tx,
  vault: CdkVault,
  line: string,
): Promise<(Leak & { readonly by: 'mark' | 'code' }) | null> {
  const words = line
    .split(/[\s,;|"']+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
  const [marked] = await selectRows(
    tx,
    Leak,
    leaks(sql`u.mark = ANY (${words.map((word) => word.toUpperCase())}::text[])`),
  )
  if (marked) return { ...marked, by: 'mark' }
  const prints = [line.trim(), ...words].map((word) => vault.fingerprint(word))
  const [known] = await selectRows(tx, Leak, leaks(sql`c.fingerprint = ANY (${prints}::bytea[])`))
  return known ? { ...known, by: 'code' } : null
}

function leaks(which: ReturnType<typeof sql>) {
  return sql`
    SELECT e.id AS "exportId", e."merchantId", m.name AS "merchantName", e."userId", e."createdAt" AS "exportedAt", u."cdkId", u.mark
    FROM stock_export_unit u JOIN cdk c ON c.id = u."cdkId" JOIN stock_export e ON e.id = u."exportId" JOIN merchant m ON m.id = e."merchantId"
    WHERE ${which} ORDER BY e."createdAt" LIMIT 1`
}
