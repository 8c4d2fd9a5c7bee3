import { invariant } from '@/lib/kernel/invariant'
import { fromBase64, toBase64 } from './bytes'
import { DIGEST_BYTES } from './digest'
import { type SigningKey, signText } from './sign-note'
import { formatNote } from './signed-note'
import type { TreeHead } from './verify-proofs'

/** A tree head under the name of its log (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  readonly origin: string
  /** Lines after the third; we write none. */
  readonly extensions: readonly string[]
}

/** The text of a checkpoint: what the log and the witnesses sign. */
export function formatCheckpoint(origin: string, { size, root }: TreeHead): string {
  invariant(origin !== '' && !origin.includes('\n'), 'a log has a name of one line')
  invariant(Number.isSafeInteger(size) && size >= 0 && root.length === DIGEST_BYTES, 'this is no tree head')
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** Reads a note's text; null when it is not a checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null
  const [origin = '', digits = '', encoded = '', ...extensions] = text.slice(0, -1).split('\n')
  const root = fromBase64(encoded)
  const size = Number(digits)
  if (origin === '' || !/^(?:0|[1-9]\d*)$/u.test(digits) || !Number.isSafeInteger(size)) return null
  if (root?.length !== DIGEST_BYTES || extensions.includes('')) return null
  return { origin, size, root, extensions }
}

/** The signed checkpoint, as it is served at `<prefix>/checkpoint`; the key's name is the log's origin. */
export async function signCheckpoint(key: SigningKey, head: TreeHead): Promise<string> {
  const text = formatCheckpoint(key.verifier.name, head)
  return formatNote({ text, signatures: [await signText(key, text)] })
}
