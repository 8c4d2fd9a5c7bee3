import { createHash } from 'node:crypto'
import { Zip, ZipPassThrough } from 'fflate'
import { FileError } from '@/lib/infra/files'
import { invariant } from '@/lib/kernel/invariant'

export interface BundlePart {
  readonly path: string
  /** Made when its turn comes, so that one part is in memory at a time. */
  readonly make: () => Promise<Uint8Array> | Uint8Array
}

interface BundleOriginal {
  readonly path: string
  /** Hex, as the case recorded it. */
  readonly sha256: string
  /** The plain bytes, from the store; throws FileError when they are gone. */
  readonly open: () => AsyncGenerator<Uint8Array, void, undefined>
}

interface PackedFile {
  readonly path: string
  readonly byteCount: number
  readonly sha256: string
}

export interface BundleContents {
  readonly madeAt: Date
  readonly parts: readonly BundlePart[]
  readonly originals: readonly BundleOriginal[]
  /** Given what was packed and what was lost, the last files: the manifest and its signature. */
  readonly seal: (
    packed: readonly PackedFile[],
    absent: readonly { readonly path: string; readonly sha256: string }[],
  ) => Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]>
}

/**
 * A ZIP as it is read: of a video a piece at a time is in memory, nothing is compressed (evidence is already). An original that the
 * store has lost is left out and named to `seal`; one that turns out damaged on the way, or is not what the case recorded, fails the stream:
 * half a bundle is no bundle. `done` is called once, however it ends.
 */
export function streamCaseBundle(contents: BundleContents, done: () => void): ReadableStream<Uint8Array> {
  const pieces = bundlePieces(contents)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await pieces.next()
          if (!next.done) controller.enqueue(next.value)
          else {
            controller.close()
            done()
          }
        } catch (error) {
          done()
          throw error
        }
      },
      async cancel() {
        await pieces.return()
        done()
      },
    },
    { highWaterMark: 0 },
  )
}

async function* bundlePieces({
  madeAt,
  parts,
  originals,
  seal,
}: BundleContents): AsyncGenerator<Uint8Array, void, undefined> {
  const archive = openArchive(madeAt)
  for (const { path, make } of parts) yield* archive.add(path, [await make()])
  const absent: { path: string; sha256: string }[] = []
  for (const original of originals) {
    const { path, sha256 } = original
    if (await isThere(original)) {
      const packed = yield* archive.add(path, original.open())
      invariant(packed.sha256 === sha256, `${path} is the file that the case recorded`)
    } else absent.push({ path, sha256 })
  }
  for (const { path, bytes } of await seal([...archive.packed], absent)) yield* archive.add(path, [bytes])
  yield* archive.end()
}

/** Whether the store still has its first bytes: what was lost is lost as a whole. */
async function isThere({ open }: BundleOriginal): Promise<boolean> {
  const bytes = open()
  try {
    await bytes.next()
    return true
  } catch (error) {
    if (error instanceof FileError && error.reason === 'gone') return false
    throw error
  } finally {
    await bytes.return()
  }
}

function openArchive(madeAt: Date) {
  const ready: Uint8Array[] = []
  const packed: PackedFile[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    if (piece.length > 0) ready.push(piece)
  })
  return {
    packed,
    async *add(
      path: string,
      bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    ): AsyncGenerator<Uint8Array, PackedFile, undefined> {
      const file = new ZipPassThrough(path)
      file.mtime = madeAt
      zip.add(file)
      const hash = createHash('sha256')
      let byteCount = 0
      for await (const piece of bytes) {
        hash.update(piece)
        byteCount += piece.length
        file.push(piece)
        yield* ready.splice(0)
      }
      file.push(new Uint8Array(), true)
      yield* ready.splice(0)
      const done = { path, byteCount, sha256: hash.digest('hex') }
      packed.push(done)
      return done
    },
    *end(): Generator<Uint8Array, void, undefined> {
      zip.end()
      yield* ready.splice(0)
    },
  }
}
