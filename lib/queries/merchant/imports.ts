import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ImportState } from '@/lib/infra/prisma/enums'
import { type Page, selectPage } from '@/lib/queries/page'
import { progressOf } from './import-progress'

const IMPORTS_PER_PAGE = 20
const RECENT_IMPORTS = 5
const LINES_PER_PAGE = 50

const size = z.bigint().transform(Number)

const STANDING = {
  linesTotal: z.number().nullable(),
  linesDone: z.number(),
  byteCount: size,
  bytesDone: size,
  startedAt: z.date().nullable(),
}

const ImportRow = z.object({
  id: z.string(),
  variantId: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  state: z.enum(ImportState),
  fileName: z.string().nullable(),
  ...STANDING,
  batchId: z.string().nullable(),
  accepted: z.number(),
  uploadedBy: z.string().nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>

const ROW = sql`
  i.id, i."variantId", p."titleZh", p."titleEn", v."nameZh", v."nameEn", i.state::text AS state, i."fileName", i."linesTotal", i."linesDone",
  i."byteCount", i."bytesDone", i."startedAt", i."batchId", COALESCE((i.counts->>'accepted')::int, 0) AS accepted,
  u."displayName" AS "uploadedBy", i."createdAt", i."finishedAt"`
const FROM = sql`stock_import i
  JOIN variant v ON v."merchantId" = i."merchantId" AND v.id = i."variantId"
  JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
  LEFT JOIN "user" u ON u.id = i."uploadedById"`
/** Under way first, then what waits for the merchant, then the latest. */
const ORDER = sql`(i.state IN ('QUEUED', 'CHECKING', 'RUNNING')) DESC, (i.state IN ('UPLOADED', 'CHECKED')) DESC, i."createdAt" DESC, i.id DESC`

/** The merchant's imports, running ones first. */
export async function listImports(
  db: Tx,
  merchantId: string,
  page: number,
  perPage = IMPORTS_PER_PAGE,
): Promise<Page<ImportRow>> {
  const from = sql`${FROM} WHERE i."merchantId" = ${merchantId}::uuid`
  return selectPage(db, ImportRow, { columns: ROW, from, orderBy: ORDER }, page, perPage)
}

/** The few imports that a page shows beside other things: what runs, what waits, the latest; of one variant when it is named. */
export async function listRecentImports(db: Tx, merchantId: string, variantId: string | null): Promise<ImportRow[]> {
  return selectRows(
    db,
    ImportRow,
    sql`SELECT ${ROW} FROM ${FROM}
        WHERE i."merchantId" = ${merchantId}::uuid AND i."variantId" = COALESCE(${variantId}::uuid, i."variantId")
        ORDER BY ${ORDER} LIMIT ${RECENT_IMPORTS}`,
  )
}

const Facts = ImportRow.extend({
  /** Promised by the variant, in days. */
  validityDays: z.number().nullable(),
  /** Shared delivery: the most buyers of one code. */
  sharedSeats: z.number().nullable(),
  currency: z.string(),
  /** Whether the category asks for proofs of where codes come from. */
  requiresProof: z.boolean(),
  /** How to read the upload, and the facts of the batch, as the merchant has set them so far. */
  choices: z.unknown(),
  batchFacts: z.unknown(),
  allOrNothing: z.boolean(),
  /** Lines by verdict. */
  counts: z.record(z.string(), z.number()),
  failure: z.string().nullable(),
  cancelAskedAt: z.date().nullable(),
  /** Whether the upload is still there, so that the text of rejected lines can be read. */
  kept: z.boolean(),
})

/** One import with its progress at `now`; null for another merchant's. */
export async function findImport(db: Tx, merchantId: string, importId: string, now: Date) {
  const [found] = await selectRows(
    db,
    Facts,
    sql`SELECT ${ROW}, v."validityDays", v."sharedSeats", v.currency,
               (SELECT c."requiresProof" FROM category c WHERE c.id = p."categoryId") AS "requiresProof", i.choices, i."batchFacts", i."allOrNothing", i.counts, i.failure,
               i."cancelAskedAt", i."fileKey" IS NOT NULL AS kept
        FROM ${FROM} WHERE i."merchantId" = ${merchantId}::uuid AND i.id = ${importId}::uuid`,
  )
  return found ? { ...found, progress: progressOf(found, now) } : null
}
export type MerchantImport = NonNullable<Awaited<ReturnType<typeof findImport>>>

const Standing = z.object({ state: z.enum(ImportState), allOrNothing: z.boolean(), ...STANDING })

/** What an open page asks for every second; null for another merchant's import. */
export async function findImportProgress(db: Tx, merchantId: string, importId: string, now: Date) {
  const [found] = await selectRows(
    db,
    Standing,
    sql`SELECT state::text AS state, "allOrNothing", "linesTotal", "linesDone", "byteCount", "bytesDone", "startedAt" FROM stock_import WHERE "merchantId" = ${merchantId}::uuid AND id = ${importId}::uuid`,
  )
  return found ? { state: found.state, ...progressOf(found, now) } : null
}

const StoredUpload = z.object({
  fileName: z.string().nullable(),
  fileKey: z.string(),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
  choices: z.unknown(),
})
export type StoredUpload = z.infer<typeof StoredUpload>

/** Where an import's upload lies and how it is sealed; null for another merchant's and once it was deleted. */
export async function findStoredUpload(db: Tx, merchantId: string, importId: string): Promise<StoredUpload | null> {
  const [found] = await selectRows(
    db,
    StoredUpload,
    sql`SELECT "fileName", "fileKey", "wrappedKey", "masterKeyVersion", choices FROM stock_import
        WHERE "merchantId" = ${merchantId}::uuid AND id = ${importId}::uuid AND "fileKey" IS NOT NULL`,
  )
  return found ?? null
}

const RejectedLine = z.object({ line: z.number(), verdict: z.string(), column: z.number().nullable() })
export type RejectedLine = z.infer<typeof RejectedLine>

/** The lines of an import that were not taken, by number; their text stands in the upload only. */
export async function listRejectedLines(db: Tx, merchantId: string, importId: string, page: number) {
  const from = sql`import_rejection WHERE "merchantId" = ${merchantId}::uuid AND "importId" = ${importId}::uuid`
  return selectPage(
    db,
    RejectedLine,
    { columns: sql`line, verdict, "column"`, from, orderBy: sql`line` },
    page,
    LINES_PER_PAGE,
  )
}

const LINES_PER_READ = 5_000

/** All of them in their order, a few thousand at a time. */
export async function* rejectedLines(db: Tx, merchantId: string, importId: string) {
  let after = 0
  for (;;) {
    const lines = await selectRows(
      db,
      RejectedLine,
      sql`SELECT line, verdict, "column" FROM import_rejection
          WHERE "merchantId" = ${merchantId}::uuid AND "importId" = ${importId}::uuid AND line > ${after}
          ORDER BY line LIMIT ${LINES_PER_READ}`,
    )
    yield* lines
    const last = lines.at(-1)
    if (!last || lines.length < LINES_PER_READ) return
    after = last.line
  }
}
