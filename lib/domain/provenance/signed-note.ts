import { type Bytes, concat, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes'
import { readCosignature } from './cosignature'
import { ED25519, type VerifierKey, isKeyName } from './verifier-key'

const MAX_SIGNATURES = 100
const MAX_NOTE_CHARACTERS = 1_000_000
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u

/** One line `— name base64(key id, signature)`. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: string
  readonly signature: Bytes
}

export interface Note {
  /** With its last newline: what is signed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface VerifiedNote {
  readonly text: string
  readonly verified: readonly {
    readonly key: VerifierKey
    /** Seconds since 1970; cosignatures only. */ readonly at: number | null
  }[]
  /** Lines by keys that were not asked for: signed-note passes them over. */
  readonly unknown: readonly NoteSignature[]
  /** Lines that name a key asked for and do not hold. */
  readonly refuted: readonly NoteSignature[]
}

/** Reads a signed note (C2SP signed-note); null when it is not one. Nothing is verified yet. */
export function parseNote(note: string): Note | null {
  if (note.length > MAX_NOTE_CHARACTERS || !note.isWellFormed() || hasControlCharacter(note)) return null
  const split = note.lastIndexOf('\n\n')
  const lines = note.slice(split + 2)
  if (split < 0 || !lines.endsWith('\n')) return null
  const signatures = lines.slice(0, -1).split('\n').map(parseSignature)
  if (signatures.length > MAX_SIGNATURES || signatures.includes(null)) return null
  return { text: note.slice(0, split + 1), signatures: signatures.filter((line) => line !== null) }
}

/** The note as it is published. */
export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map((line) => `${formatSignature(line)}\n`).join('')}`
}

/** Verifies what keys asked for have signed; null when `note` is not a signed note. */
export async function verifyNote(note: string, keys: readonly VerifierKey[]): Promise<VerifiedNote | null> {
  const parsed = parseNote(note)
  if (!parsed) return null
  const verified: { key: VerifierKey; at: number | null }[] = []
  const [unknown, refuted]: [NoteSignature[], NoteSignature[]] = [[], []]
  for (const line of parsed.signatures) {
    const key = keys.find(({ name, keyId }) => name === line.name && keyId === line.keyId)
    const held = key && (await verifyLine(key, parsed.text, line.signature))
    if (!key) unknown.push(line)
    else if (!held) refuted.push(line)
    else if (!verified.some((other) => other.key === key)) verified.push({ key, at: held.at })
  }
  return { text: parsed.text, verified, unknown, refuted }
}

async function verifyLine(key: VerifierKey, text: string, signature: Bytes): Promise<{ at: number | null } | null> {
  const signed = key.type === ED25519 ? { message: utf8(text), signature, at: null } : readCosignature(text, signature)
  if (!signed) return null
  const holds = await crypto.subtle.verify('Ed25519', key.publicKey, signed.signature, signed.message)
  return holds ? { at: signed.at } : null
}

/** Those below U+0020, newline apart, have no place in a note. */
function hasControlCharacter(note: string): boolean {
  return Array.from(note).some((letter) => letter < ' ' && letter !== '\n')
}

function parseSignature(line: string): NoteSignature | null {
  const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
  const bytes = fromBase64(encoded)
  if (!bytes || bytes.length <= 4 || !isKeyName(name)) return null
  return { name, keyId: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) }
}

function formatSignature({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(concat(fromHex(keyId) ?? new Uint8Array(), signature))}`
}
