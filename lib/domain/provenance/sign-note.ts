import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, concat, fromBase64, toBase64, utf8 } from './bytes'
import { cosignatureMessage, encodeCosignature } from './cosignature'
import type { NoteSignature } from './signed-note'
import { COSIGNATURE_V1, ED25519, type SignatureType, formatVerifierKey, parseVerifierKey } from './verifier-key'
import type { VerifierKey } from './verifier-key'

/** A private key with the public key that goes with it. */
export interface SigningKey {
  readonly verifier: VerifierKey
  readonly privateKey: CryptoKey
}

const SKEY = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u
/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8. */
const PKCS8_PREFIX = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20)

/** A fresh key in the form that `importSigningKey` reads. A secret: it belongs with the other keys of an installation. */
export async function newSigningKey(name: string, type: SignatureType = ED25519): Promise<string> {
  const seed = crypto.getRandomValues(new Uint8Array(32))
  const { vkey } = (await keysOf(name, type, seed)).verifier
  return `PRIVATE+KEY+${vkey.split('+', 2).join('+')}+${toBase64(concat(Uint8Array.of(type), seed))}`
}

/** Reads `PRIVATE+KEY+name+id+base64(type, seed)`, the form of Go's sumdb/note. A key that is not one is a broken set-up. */
export async function importSigningKey(skey: string): Promise<SigningKey> {
  const [, name = '', keyId = '', encoded = ''] = SKEY.exec(skey) ?? []
  const bytes = fromBase64(encoded)
  const type = bytes?.[0]
  invariant(bytes?.length === 33 && (type === ED25519 || type === COSIGNATURE_V1), 'this is no signing key')
  const keys = await keysOf(name, type, bytes.slice(1))
  invariant(keys.verifier.keyId === keyId, 'the signing key is not the one its id names')
  return keys
}

/** The key of a log called `name`, out of the 32 secret bytes that an installation keeps. */
export async function signingKeyOf(name: string, seed: Bytes): Promise<SigningKey> {
  invariant(seed.length === 32, 'a seed has 32 bytes')
  return keysOf(name, ED25519, seed)
}

/** The log's signature under a note's text. */
export async function signText(key: SigningKey, text: string): Promise<NoteSignature> {
  invariant(key.verifier.type === ED25519, 'a witness key cosigns')
  return lineOf(key, await sign(key, utf8(text)))
}

/** A witness's signature under a checkpoint's text, `at` in seconds since 1970. */
export async function cosignText(key: SigningKey, text: string, at: number): Promise<NoteSignature> {
  invariant(key.verifier.type === COSIGNATURE_V1, 'a log key does not cosign')
  return lineOf(key, encodeCosignature(at, await sign(key, cosignatureMessage(text, at))))
}

async function keysOf(name: string, type: SignatureType, seed: Bytes): Promise<SigningKey> {
  const pkcs8 = concat(PKCS8_PREFIX, seed)
  // The private key tells its public key as a JWK; the one kept does not tell anything.
  const told = await crypto.subtle.exportKey(
    'jwk',
    await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']),
  )
  const raw = fromBase64(`${(told.x ?? '').replaceAll('-', '+').replaceAll('_', '/')}=`)
  const verifier = raw && (await parseVerifierKey(await formatVerifierKey(name, type, raw)))
  invariant(verifier, `no key may have the name "${name}"`)
  return { verifier, privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']) }
}

async function sign(key: SigningKey, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key.privateKey, message))
}

function lineOf({ verifier: { name, keyId } }: SigningKey, signature: Bytes): NoteSignature {
  return { name, keyId, signature }
}
