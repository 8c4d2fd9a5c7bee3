import { toHex, utf8 } from '@/lib/domain/provenance/bytes'
import { digest } from '@/lib/domain/provenance/digest'
import { type SigningKey, signText } from '@/lib/domain/provenance/sign-note'
import { formatNote } from '@/lib/domain/provenance/signed-note'
import { manifestNoteText } from './manifest-note'

/**
 * `manifest.sig`: a signed note (C2SP signed-note) over the manifest's hash by the log's present key. Its first line is the name of this
 * format and its second no number, so that it never passes for a checkpoint, nor a checkpoint for it.
 */
export async function signManifest(
  key: SigningKey,
  { caseNumber, asOf, text }: { readonly caseNumber: string; readonly asOf: string; readonly text: string },
): Promise<string> {
  const note = manifestNoteText({ caseNumber, asOf, sha256: toHex(await digest(utf8(text))) })
  return formatNote({ text: note, signatures: [await signText(key, note)] })
}
