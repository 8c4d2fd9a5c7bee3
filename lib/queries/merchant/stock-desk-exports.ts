import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type Page, selectPage } from '@/lib/queries/page'

const StockExportRow = z.object({
  id: z.string(),
  createdAt: z.date(),
  by: z.string().nullable(),
  /** Asked for, and out of stock: fewer when some were sold meanwhile or the connection broke. */
  count: z.number(),
  taken: z.number(),
})
export type StockExportRow = z.infer<typeof StockExportRow>

const EXPORTS_PER_PAGE = 20

/** The merchant's exports, the latest first. */
export async function listStockExports(db: Tx, merchantId: string, page: number): Promise<Page<StockExportRow>> {
  return selectPage(
    db,
    StockExportRow,
    {
      columns: sql`e.id, e."createdAt", u."displayName" AS by, e.count,
        (SELECT count(*)::int FROM stock_export_unit x WHERE x."exportId" = e.id) AS taken`,
      from: sql`stock_export e LEFT JOIN "user" u ON u.id = e."userId" WHERE e."merchantId" = ${merchantId}::uuid`,
      orderBy: sql`e."createdAt" DESC, e.id DESC`,
    },
    page,
    EXPORTS_PER_PAGE,
  )
}

/** Whether this is an export of the merchant's. */
export async function isStockExportOf(db: Tx, merchantId: string, id: string): Promise<boolean> {
  const rows = await selectRows(
    db,
    z.object({ id: z.string() }),
    sql`SELECT id FROM stock_export WHERE id = ${id}::uuid AND "merchantId" = ${merchantId}::uuid`,
  )
  return rows.length === 1
}
