import { fileTypeFromBuffer } from 'file-type'
import type { EvidenceStore, EvidenceTools, EvidenceType, SniffEvidence } from '@/lib/domain/evidence'
import type { InTransaction } from '@/lib/domain/tx'
import { env } from '@/lib/infra/env'
import { scannerOf } from '@/lib/infra/evidence-scanner'
import { FileError, type FileStore, fileKeyTime, fileStore, newFileKey } from '@/lib/infra/files'
import { cdkVault } from '@/lib/infra/vault'
import { Refusal } from '@/lib/kernel/refusal'

const KNOWN: Readonly<Record<EvidenceType, true>> = {
  'image/png': true,
  'image/jpeg': true,
  'image/webp': true,
  'image/gif': true,
  'video/mp4': true,
  'video/webm': true,
  'video/quicktime': true,
  'application/pdf': true,
}

/** Apple's own brand of the same container. */
const SAME: Readonly<Record<string, EvidenceType>> = { 'video/x-m4v': 'video/mp4', 'image/apng': 'image/png' }

function isKnown(type: string): type is EvidenceType {
  return Object.hasOwn(KNOWN, type)
}

export const sniffEvidence: SniffEvidence = async (head) => {
  const found = (await fileTypeFromBuffer(head))?.mime
  if (found === undefined) return null
  const type = Object.hasOwn(SAME, found) ? SAME[found] : found
  return type !== undefined && isKnown(type) ? type : null
}

/** Parts of evidence in the file store; who may read one is asked before. */
export function evidenceStore(files: FileStore = fileStore()): EvidenceStore {
  return {
    async put(seal, bytes, most) {
      const fileKey = newFileKey('evidence')
      try {
        const { byteCount } = await files.putFile(bytes, { key: fileKey, seal, most })
        return { fileKey, byteCount }
      } catch (error) {
        throw refusalBehind(error) ?? error
      }
    },
    read: (seal, fileKey) => files.openFile(fileKey, seal),
    drop: (fileKey) => files.deleteFile(fileKey),
    async list(before) {
      return (await files.listFiles('evidence')).filter((key) => fileKeyTime(key) < before)
    },
  }
}

/** The store wraps what the stream of bytes threw. */
function refusalBehind(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  if (error instanceof FileError && error.reason === 'too-large') return new Refusal('evidence/part-too-large')
  return error instanceof Error && error.cause !== undefined ? refusalBehind(error.cause) : null
}

/** What keeping evidence takes, on the store, keys and scanner of this installation. */
export function evidenceTools(run: InTransaction): EvidenceTools {
  const scan = scannerOf(env().KEYBOND_EVIDENCE_SCANNER)
  return { run, vault: cdkVault(), store: evidenceStore(), sniff: sniffEvidence, scan }
}
