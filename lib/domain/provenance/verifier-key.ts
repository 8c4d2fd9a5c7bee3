import { type Bytes, concat, fromBase64, toBase64, toHex, utf8 } from './bytes'
import { digest } from './digest'

/** Signature types of C2SP signed-note that we read; others belong to unknown keys and are passed over. */
export const ED25519 = 1
export const COSIGNATURE_V1 = 4
export type SignatureType = typeof ED25519 | typeof COSIGNATURE_V1

/** A public key that signs notes: a log's (ED25519) or a witness's (COSIGNATURE_V1). */
export interface VerifierKey {
  readonly name: string
  /** Eight hex digits; with the name it says which key and algorithm made a signature. */
  readonly keyId: string
  readonly type: SignatureType
  /** `name+keyId+base64`: how the key is published. */
  readonly vkey: string
  readonly publicKey: CryptoKey
}

const VKEY = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u
const KEY_BYTES = 32

/** Reads a key in vkey form; null when it is not one, or its id is not that of its name and key. */
export async function parseVerifierKey(vkey: string): Promise<VerifierKey | null> {
  const [, name = '', keyId = '', encoded = ''] = VKEY.exec(vkey) ?? []
  const bytes = fromBase64(encoded)
  if (!bytes || bytes.length !== 1 + KEY_BYTES || !isKeyName(name)) return null
  const type = bytes[0]
  if (type !== ED25519 && type !== COSIGNATURE_V1) return null
  const raw = bytes.slice(1)
  if (keyId !== (await keyIdOf(name, type, raw))) return null
  const publicKey = await importPublicKey(raw)
  return publicKey && { name, keyId, type, vkey, publicKey }
}

/** The vkey form of 32 bytes of Ed25519. */
export async function formatVerifierKey(name: string, type: SignatureType, raw: Bytes): Promise<string> {
  return `${name}+${await keyIdOf(name, type, raw)}+${toBase64(concat(Uint8Array.of(type), raw))}`
}

/** Not empty, no white space of any script, no plus sign, no control character. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s\u0085+\p{Cc}]/u.test(name)
}

/** SHA-256(name, newline, type, key), its first four bytes. */
async function keyIdOf(name: string, type: SignatureType, raw: Bytes): Promise<string> {
  return toHex(await digest(concat(utf8(`${name}\n`), Uint8Array.of(type), raw))).slice(0, 8)
}

async function importPublicKey(raw: Bytes): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify'])
  } catch (error) {
    // Some browsers refuse 32 bytes that are no point of the curve: a key that signs nothing.
    if (error instanceof DOMException) return null
    throw error
  }
}
