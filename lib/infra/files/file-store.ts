import { createHash } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { env } from '@/lib/infra/env'
import { FileError } from './file-error'
import { type FileKind, isFileKey, requireFileKey } from './file-keys'
import { openBlocks, sealBlocks } from './sealed-blocks'

export interface StoredFile {
  /** Of the plain bytes. */
  readonly byteCount: number
  /** Of the plain bytes. */
  readonly sha256: Uint8Array<ArrayBuffer>
}

export interface PutOptions {
  /** From `newFileKey`. */
  readonly key: string
  /** The data key to seal under, 32 bytes: `CdkVault.newBatchKey` makes one and wraps it for a row. */
  readonly seal: Uint8Array
  /** The most plain bytes. */
  readonly most: number
}

/** Files that people gave us, encrypted; what a data folder holds of them is unreadable without the master key. */
export interface FileStore {
  /**
   * Stores a stream, and returns once it is on the disk (flushed): only then may a row name it. What is over `most` ends
   * with FileError `too-large`; whatever ends it early, nothing of the file is left.
   */
  putFile(bytes: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredFile>
  /** The plain bytes from the beginning. Throws FileError `gone` or `damaged` when it comes to that place; leaving early is fine. */
  openFile(key: string, seal: Uint8Array): AsyncGenerator<Uint8Array, void, undefined>
  /** Also of a file that is not there (any more). */
  deleteFile(key: string): Promise<void>
  /** The keys of all files of a kind: what no row names can be deleted. */
  listFiles(kind: FileKind): Promise<string[]>
}

/** A store in a folder. */
export function createFileStore(folder: string): FileStore {
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }))
  const flush = async (name: string) => {
    const handle = await open(path.join(folder, name), 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  return {
    async putFile(bytes, { key, seal, most }) {
      requireFileKey(key)
      const hash = createHash('sha256')
      let byteCount = 0
      const counted = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
        for await (const piece of bytes) {
          byteCount += piece.length
          if (byteCount > most) throw new FileError('too-large')
          hash.update(piece)
          yield piece
        }
      }
      try {
        await disk.putStream(key, Readable.from(sealBlocks(counted(), seal, key), { objectMode: false }))
        await flush(key)
        await flush(path.dirname(key))
      } catch (error) {
        await disk.delete(key)
        throw tooLargeBehind(error) ?? error
      }
      return { byteCount, sha256: new Uint8Array(hash.digest()) }
    },

    async *openFile(key, seal) {
      requireFileKey(key)
      if (!(await disk.exists(key))) throw new FileError('gone')
      yield* openBlocks(await disk.getStream(key), seal, key)
    },

    async deleteFile(key) {
      requireFileKey(key)
      await disk.delete(key)
    },

    async listFiles(kind) {
      // The driver's `exists` is true for files only, and its listing of a folder that is not there throws.
      const names = await readdir(path.join(folder, kind)).catch(nothingYet)
      return names.map((name) => `${kind}/${name}`).filter(isFileKey)
    },
  }
}

function nothingYet(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

/** The driver wraps what the stream threw. */
function tooLargeBehind(error: unknown): FileError | null {
  if (error instanceof FileError) return error
  return error instanceof Error && error.cause !== undefined ? tooLargeBehind(error.cause) : null
}

let store: FileStore | undefined

/** The process's store, `<data folder>/files`. */
export function fileStore(): FileStore {
  store ??= createFileStore(path.resolve(env().KEYBOND_DATA_DIR, 'files'))
  return store
}
