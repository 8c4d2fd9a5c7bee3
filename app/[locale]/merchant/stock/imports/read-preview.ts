import { FileError, type FileErrorReason, fileStore } from '@/lib/infra/files'
import { cdkVault } from '@/lib/infra/vault'
import type { StoredUpload } from '@/lib/queries/merchant'
import { StockFileError, type UnreadableReason } from '@/lib/stock-files'
import type { ImportDraft } from './import-draft'
import { type ImportPreview, previewImport } from './import-preview'

/** The plain bytes of a stored upload from the beginning, as often as it is called. */
export function openUpload({ fileKey, wrappedKey, masterKeyVersion }: StoredUpload): () => AsyncIterable<Uint8Array> {
  const seal = cdkVault().openBatchKey(wrappedKey, masterKeyVersion)
  return () => fileStore().openFile(fileKey, seal)
}

export type ReadPreview =
  | { readonly status: 'read'; readonly preview: ImportPreview }
  | { readonly status: 'unreadable'; readonly reason: UnreadableReason | FileErrorReason }

/** The first rows of a stored upload, or why it cannot be read the way `draft` says. */
export async function readPreview(upload: StoredUpload, draft: ImportDraft, now: Date): Promise<ReadPreview> {
  try {
    return { status: 'read', preview: await previewImport(openUpload(upload), upload.fileName, draft, now) }
  } catch (error) {
    if (error instanceof StockFileError || error instanceof FileError) {
      return { status: 'unreadable', reason: error.reason }
    }
    throw error
  }
}
