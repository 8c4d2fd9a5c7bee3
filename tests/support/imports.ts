import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { type ImportOutcome, type ImporterTools, runImport } from '@/lib/cli/importer/run-import'
import { type BatchFacts, chooseImport, leaseImport, openImport } from '@/lib/domain/stock-imports'
import { createBulkDb } from '@/lib/infra/bulk-db'
import { inTransaction } from '@/lib/infra/db'
import { createFileStore, newFileKey } from '@/lib/infra/files'
import { newId } from '@/lib/kernel/ids'
import { type ImportChoices, previewStock } from '@/lib/stock-files'
import { databaseUrl, db } from './database'
import { type Listing, vault } from './factories'

export const NO_STOP = new AbortController().signal
const folder = mkdtempSync(path.join(tmpdir(), 'keybond-test-files-'))

const bulk = createBulkDb(databaseUrl)
afterAll(async () => {
  await bulk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Where the tools below keep files. */
export const filesFolder = path.join(folder, 'files')

/** The importer's tools on the test's database, with small chunks. */
export const tools: ImporterTools = {
  run: (work) => inTransaction(db, work),
  bulk: bulk.run,
  vault,
  files: createFileStore(filesFolder),
  log: pino({ level: 'silent' }),
  chunkCdks: 10,
}

export async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes)
}

type Of = Pick<Listing, 'merchantId' | 'variantId'>

/** An upload in the file store, with its row. */
export async function anUpload(
  { merchantId, variantId }: Of,
  upload: string | Uint8Array,
  fileName: string | null = null,
): Promise<string> {
  const bytes = typeof upload === 'string' ? Buffer.from(upload) : upload
  const { key: seal, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const fileKey = newFileKey('imports')
  const { byteCount } = await tools.files.putFile(inOnePiece(bytes), { key: fileKey, seal, most: 1e9 })
  const of = {
    merchantId,
    variantId,
    uploadedById: newId(),
    fileName,
    fileKey,
    byteCount,
    wrappedKey,
    masterKeyVersion,
  }
  return tools.run((tx) => openImport(tx, of, new Date()))
}

/** As the preview suggests. */
export async function choicesFor(bytes: Uint8Array, fileName: string | null): Promise<ImportChoices> {
  const { shape, mapping } = await previewStock(() => inOnePiece(bytes), fileName)
  const { format, encoding, separator, header } = shape
  return { shape: { format, encoding, separator, header }, mapping: { columns: [...mapping.columns] } }
}

/** A code a line. */
export const LINES: ImportChoices = {
  shape: { format: 'lines', encoding: 'utf-8', separator: null, header: false },
  mapping: { columns: [{ field: 'code', label: null }] },
}

/** A code and an expiry a line. */
export const WITH_EXPIRY: ImportChoices = {
  shape: { format: 'csv', encoding: 'utf-8', separator: ',', header: false },
  mapping: {
    columns: [
      { field: 'code', label: null },
      { field: 'expiry', label: null },
    ],
  },
}

export const PLAIN_FACTS: BatchFacts = {
  source: 'UNSTATED',
  sourceNote: null,
  costMinor: null,
  validityDays: null,
  seats: 1,
}

export interface Chosen {
  readonly choices?: ImportChoices
  readonly allOrNothing?: boolean
  readonly facts?: Partial<BatchFacts>
  readonly dryRun?: boolean
}

export async function choose(
  { merchantId }: Pick<Of, 'merchantId'>,
  importId: string,
  { choices = LINES, allOrNothing = false, facts = {}, dryRun = false }: Chosen = {},
): Promise<void> {
  const chosen = { merchantId, importId, choices, allOrNothing, facts: { ...PLAIN_FACTS, ...facts }, dryRun }
  await tools.run((tx) => chooseImport(tx, chosen))
}

/** Uploaded and queued. */
export async function aQueuedImport(of: Of, upload: string | Uint8Array, chosen: Chosen = {}): Promise<string> {
  const importId = await anUpload(of, upload)
  await choose(of, importId, chosen)
  return importId
}

/** Takes the next due import as an importer does; null when none is due. */
export async function takeNext(
  now = new Date(),
  stop = NO_STOP,
  with_: Partial<ImporterTools> = {},
): Promise<ImportOutcome | null> {
  const lease = await tools.run((tx) => leaseImport(tx, newId(), now))
  return lease && runImport({ ...tools, ...with_ }, lease, stop)
}

/** An import from upload to end. */
export async function takeNow(of: Of, text: string): Promise<void> {
  await aQueuedImport(of, text)
  const outcome = await takeNext()
  if (outcome !== 'done') throw new Error(`the import ended ${outcome}`)
}

/** How an import stands, and its rejected lines as `line verdict`. */
export async function standingOf(importId: string) {
  const row = await db.stockImport.findUniqueOrThrow({ where: { id: importId } })
  const rejections = await db.importRejection.findMany({ where: { importId }, orderBy: { line: 'asc' } })
  return { ...row, rejected: rejections.map(({ line, verdict }) => `${line} ${verdict}`) }
}

/** Every plaintext of a variant's stock, opened. */
export async function secretsOf(variantId: string): Promise<string[]> {
  const cdks = await db.cdk.findMany({ where: { variantId }, include: { batch: true }, orderBy: { id: 'asc' } })
  return cdks.map(({ id, merchantId, ciphertext, batch }) => {
    const key = vault.openBatchKey(batch.wrappedKey, batch.masterKeyVersion)
    return vault.open(key, { merchantId, cdkId: id }, ciphertext)
  })
}
