import { invariant } from '@/lib/kernel/invariant'
import { formatCheckpoint, parseCheckpoint } from './checkpoint'
import { type SigningKey, signText } from './sign-note'
import { formatNote, parseNote, verifyNote } from './signed-note'
import { ED25519, type VerifierKey, parseVerifierKey } from './verifier-key'
import type { TreeHead } from './verify-proofs'

const HANDOVER = 'keybond/log-key-handover/v1'

/** A key of the log and the sizes of the trees it may have signed, both ends included. */
export interface KeyTerm {
  readonly key: VerifierKey
  readonly fromSize: number
  readonly toSize: number
}

export type KeyHistoryFault = 'key-malformed' | 'handover-malformed' | 'handover-signature' | 'handover-order'

export type KeyHistory =
  | { readonly sound: true; readonly terms: readonly KeyTerm[] }
  | { readonly sound: false; readonly where: string; readonly fault: KeyHistoryFault }

/**
 * The note that changes the log's key at a tree head: signed by both keys, so that who trusts either can follow to the
 * other. Published for as long as the log is.
 */
export async function signHandover(from: SigningKey, to: SigningKey, head: TreeHead): Promise<string> {
  const origin = from.verifier.name
  invariant(to.verifier.name === origin && to.verifier.keyId !== from.verifier.keyId, 'the new key is of the same log')
  const text = `${HANDOVER}\n${formatCheckpoint(origin, head)}${from.verifier.vkey}\n${to.verifier.vkey}\n`
  return formatNote({ text, signatures: [await signText(from, text), await signText(to, text)] })
}

/** Follows the handovers from the first key on; each must be signed by the key that goes and the key that comes. */
export async function readKeyHistory(firstKey: string, handovers: readonly string[]): Promise<KeyHistory> {
  const first = await parseVerifierKey(firstKey)
  if (first?.type !== ED25519) return { sound: false, where: 'log.firstKey', fault: 'key-malformed' }
  const terms: KeyTerm[] = []
  let term: KeyTerm = { key: first, fromSize: 0, toSize: Number.MAX_SAFE_INTEGER }
  for (const [at, note] of handovers.entries()) {
    const next = await readHandover(term, note)
    if (typeof next === 'string') return { sound: false, where: `log.handovers.${at}`, fault: next }
    terms.push({ ...term, toSize: next.fromSize })
    term = next
  }
  return { sound: true, terms: [...terms, term] }
}

async function readHandover(term: KeyTerm, note: string): Promise<KeyTerm | KeyHistoryFault> {
  const lines = parseNote(note)?.text.split('\n') ?? []
  const [title, origin, , , from, to = ''] = lines
  const head = parseCheckpoint(`${lines.slice(1, 4).join('\n')}\n`)
  const key = await parseVerifierKey(to)
  if (title !== HANDOVER || lines.length !== 7 || !head || key?.type !== ED25519) return 'handover-malformed'
  const signed = await verifyNote(note, [term.key, key])
  if (signed?.verified.length !== 2 || signed.unknown.length + signed.refuted.length > 0) return 'handover-signature'
  const follows =
    from === term.key.vkey && origin === term.key.name && key.name === origin && head.size >= term.fromSize
  return follows ? { key, fromSize: head.size, toSize: Number.MAX_SAFE_INTEGER } : 'handover-order'
}
