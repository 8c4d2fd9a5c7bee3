import { Refusal } from '@/lib/kernel/refusal'
import { MOST_UPLOAD_BYTES } from './upload-report'

/**
 * What was pasted or, if one was chosen, the file. Refuses `stock/too-large`, `stock/not-utf8`, `stock/nothing-to-import`.
 * A file in another encoding would be stored as broken codes, so it is refused whole.
 */
export async function readUpload(
  text: string,
  file: File | undefined,
): Promise<{ fileName: string | null; text: string }> {
  if (!file || file.size === 0) {
    if (Buffer.byteLength(text) > MOST_UPLOAD_BYTES) throw new Refusal('stock/too-large')
    if (text.trim() === '') throw new Refusal('stock/nothing-to-import')
    return { fileName: null, text }
  }
  if (file.size > MOST_UPLOAD_BYTES) throw new Refusal('stock/too-large')
  return { fileName: file.name.slice(0, 120), text: decode(await file.arrayBuffer()) }
}

function decode(bytes: ArrayBuffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // A binary file can be valid UTF-8; PostgreSQL takes no NUL, and no code has one.
    if (text.includes('\u0000')) throw new Refusal('stock/not-utf8')
    return text
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal('stock/not-utf8')
    throw error
  }
}
