import { type ImporterTools, runImport } from './run-import'
import { chooseImport, leaseImport, openImport } from '@/lib/domain/stock-imports'
import { createBulkDb } from '@/lib/infra/bulk-db'
import { newFileKey } from '@/lib/infra/files'
import { newId } from '@/lib/kernel/ids'
import type { DemoChoice, DemoUpload, Mall } from '@/lib/seed/mall'

/**
 * Stores an upload and, with a choice, works through it here and now, as the importer would: for the demo mall. The import keeps
 * `now` as the time of its upload.
 */
async function takeUpload(
  tools: ImporterTools,
  { text, ...of }: DemoUpload,
  choice: DemoChoice | null,
  now: Date,
): Promise<void> {
  const { run, files, vault } = tools
  const { key: seal, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const fileKey = newFileKey('imports')
  const bytes = Buffer.from(text, 'utf8')
  const { byteCount } = await files.putFile(whole(bytes), { key: fileKey, seal, most: bytes.length })
  const upload = { ...of, fileKey, byteCount, wrappedKey, masterKeyVersion }
  const importId = await run((tx) => openImport(tx, upload, now))
  if (!choice) return
  await run((tx) => chooseImport(tx, { merchantId: of.merchantId, importId, ...choice }))
  const lease = await run((tx) => leaseImport(tx, newId(), new Date()))
  if (lease) await runImport(tools, lease, new AbortController().signal)
}

/** `takeUpload` on the database at `url`, with connections of its own for each upload. */
export function uploaderOn(url: string, tools: Omit<ImporterTools, 'bulk'>): Mall['takeUpload'] {
  return async (upload, choice, now) => {
    const bulk = createBulkDb(url)
    try {
      await takeUpload({ ...tools, bulk: bulk.run }, upload, choice, now)
    } finally {
      await bulk.close()
    }
  }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes)
}
