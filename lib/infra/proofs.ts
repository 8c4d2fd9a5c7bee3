import { fileTypeFromBuffer } from 'file-type'
import type { ProofArchive, ProofStore, ProofType, SniffProof } from '@/lib/domain/batches'
import { type FileStore, fileStore, newFileKey } from '@/lib/infra/files'

const KNOWN: Readonly<Record<ProofType, true>> = {
  'application/pdf': true,
  'image/png': true,
  'image/jpeg': true,
  'image/webp': true,
}

function isKnown(type: string): type is ProofType {
  return Object.hasOwn(KNOWN, type)
}

export const sniffProof: SniffProof = async (bytes) => {
  const type = (await fileTypeFromBuffer(bytes))?.mime
  return type !== undefined && isKnown(type) ? type : null
}

/** Proofs in the file store; who may read one is asked before `read`. */
export function proofStore(files: FileStore = fileStore()): ProofStore & ProofArchive {
  return {
    async put(seal, bytes) {
      const key = newFileKey('proofs')
      await files.putFile(whole(bytes), { key, seal, most: bytes.length })
      return key
    },
    drop: (fileKey) => files.deleteFile(fileKey),
    list: () => files.listFiles('proofs'),
    async read(seal, fileKey) {
      const pieces: Uint8Array[] = []
      for await (const piece of files.openFile(fileKey, seal)) pieces.push(piece)
      return new Uint8Array(Buffer.concat(pieces))
    },
  }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes)
}
