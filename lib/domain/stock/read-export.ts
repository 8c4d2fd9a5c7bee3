import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import type { BatchKey, CdkVault } from './vault'

/** One line of an export. */
export interface ExportedLine {
  readonly cdkId: string
  readonly code: string
  readonly expiresAt: Date | null
  readonly note: string | null
  readonly batchId: string
  readonly mark: string
}

const Row = z.object({
  cdkId: z.string(),
  batchId: z.string(),
  ciphertext: z.instanceof(Uint8Array),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
  expiresAt: z.date().nullable(),
  note: z.string().nullable(),
  mark: z.string(),
})

/**
 * Lines of an export with their plaintext, `most` behind the CDK `after`, in the order of ids: for those who lost the file or the
 * connection. The caller has checked whose it is and asked for the password again.
 */
export async function readExport(
  tx: Tx,
  vault: CdkVault,
  of: { readonly merchantId: string; readonly exportId: string; readonly after: string | null; readonly most: number },
): Promise<ExportedLine[]> {
  const { merchantId, exportId, after, most } = of
  const rows = await selectRows(
    tx,
    Row,
    sql`
      SELECT u."cdkId", c."batchId", c.ciphertext, b."wrappedKey", b."masterKeyVersion", c."expiresAt", c.note, u.mark
      FROM stock_export_unit u JOIN cdk c ON c.id = u."cdkId" JOIN stock_batch b ON b.id = c."batchId"
      WHERE u."merchantId" = ${merchantId}::uuid AND u."exportId" = ${exportId}::uuid AND (${after}::uuid IS NULL OR u."cdkId" > ${after}::uuid)
      ORDER BY u."cdkId" LIMIT ${most}`,
  )
  const keys = new Map<string, BatchKey>()
  return rows.map(({ ciphertext, wrappedKey, masterKeyVersion, ...line }) => {
    const key = keys.get(line.batchId) ?? vault.openBatchKey(wrappedKey, masterKeyVersion)
    keys.set(line.batchId, key)
    return { ...line, code: vault.open(key, { merchantId, cdkId: line.cdkId }, ciphertext) }
  })
}
