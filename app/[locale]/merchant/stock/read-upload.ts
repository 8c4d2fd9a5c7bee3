import { Refusal } from '@/lib/kernel/refusal'
import { MOST_UPLOAD_BYTES } from './upload-report'

export interface Upload {
  /** Null when it was pasted. */
  readonly fileName: string | null
  /** The bytes from the beginning, as often as it is called. */
  readonly open: () => AsyncIterable<Uint8Array>
}

/** What was pasted or, if one was chosen, the file. Refuses `stock/too-large`, `stock/nothing-to-import`. */
export function readUpload(text: string, file: File | undefined): Upload {
  if (file && file.size > 0) {
    if (file.size > MOST_UPLOAD_BYTES) throw new Refusal('stock/too-large')
    return { fileName: file.name.slice(0, 120), open: () => file.stream() }
  }
  if (Buffer.byteLength(text) > MOST_UPLOAD_BYTES) throw new Refusal('stock/too-large')
  if (text.trim() === '') throw new Refusal('stock/nothing-to-import')
  return { fileName: null, open: () => whole(Buffer.from(text, 'utf8')) }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes)
}
