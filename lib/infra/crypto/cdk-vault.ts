import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import type { BatchKey, CdkBinding, CdkVault } from '@/lib/domain/stock'
import { invariant } from '@/lib/kernel/invariant'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The master keys of an installation, asked for each time: a key that was made a moment ago by another process is there too. */
export interface MasterKeys {
  /** The version that batch keys are wrapped under from now on. */
  readonly current: () => number
  /** The 32 bytes of a version, or null when it is not here. */
  readonly find: (version: number) => Uint8Array | null
}

/**
 * AES-256-GCM with a data key per batch, wrapped by the master key. A sealed text is nonce | tag | ciphertext; the
 * additional data binds it to its merchant and CDK, so a row copied onto another does not open. A single master key is version 1.
 */
export function createCdkVault(master: MasterKeys | Uint8Array, fingerprintKey: Uint8Array): CdkVault {
  const masterKeys = master instanceof Uint8Array ? only(master) : master
  invariant(fingerprintKey.length === KEY_BYTES, 'vault keys have 32 bytes')
  const hmacKey = createSecretKey(fingerprintKey)
  const wrappingKeys = new Map<number, Uint8Array>()
  const wrappingKey = (version: number): Uint8Array => {
    const known = wrappingKeys.get(version)
    if (known) return known
    const masterKey = masterKeys.find(version)
    invariant(masterKey?.length === KEY_BYTES, `master key ${version} is not known`)
    const derived = derive(masterKey, 'keybond/cdk/wrap/v1')
    wrappingKeys.set(version, derived)
    return derived
  }
  const wrap = (key: BatchKey) => {
    const masterKeyVersion = masterKeys.current()
    const wrappedKey = seal(wrappingKey(masterKeyVersion), wrapBinding(masterKeyVersion), key)
    return { key, wrappedKey, masterKeyVersion }
  }
  return {
    newBatchKey: () => wrap(asBatchKey(randomBytes(KEY_BYTES))),
    openBatchKey: (wrappedKey, version) => asBatchKey(open(wrappingKey(version), wrapBinding(version), wrappedKey)),
    rewrapBatchKey: (wrappedKey, version) =>
      wrap(asBatchKey(open(wrappingKey(version), wrapBinding(version), wrappedKey))),
    seal: (key, binding, plaintext) => seal(key, bindingText(binding), Buffer.from(plaintext, 'utf8')),
    open: (key, binding, ciphertext) => Buffer.from(open(key, bindingText(binding), ciphertext)).toString('utf8'),
    fingerprint(code, seat = 1) {
      const normalised = normaliseCode(code)
      // A normalised code has no line break: no code can look like the seat of another.
      const text = seat === 1 ? normalised : `keybond/seat/v1\n${seat}\n${normalised}`
      return own(createHmac('sha256', hmacKey).update(text).digest())
    },
  }
}

function only(masterKey: Uint8Array): MasterKeys {
  return { current: () => 1, find: (version) => (version === 1 ? masterKey : null) }
}

/**
 * One spelling for codes that an issuer would take as the same: compatibility forms folded, white space gone, and for
 * plain letter-digit-hyphen codes no hyphens and one case. Anything else (accounts, links) keeps its letters.
 */
export function normaliseCode(code: string): string {
  const folded = code.normalize('NFKC').replaceAll(/\s+/gu, '')
  return /^[A-Za-z0-9-]+$/u.test(folded) ? folded.replaceAll('-', '').toUpperCase() : folded
}

/** HMAC of a fixed text: tells whether a key is the one that a database was written with, and nothing else. */
export function keyCheckValue(key: Uint8Array): Uint8Array<ArrayBuffer> {
  return own(createHmac('sha256', key).update('keybond/key-check/v1').digest())
}

function seal(key: Uint8Array, binding: string, plaintext: Uint8Array): Uint8Array<ArrayBuffer> {
  const sealed = new Uint8Array(NONCE_BYTES + TAG_BYTES + plaintext.length)
  const nonce = freshNonce()
  const cipher = createCipheriv(ALGORITHM, preparedKey(key), nonce).setAAD(Buffer.from(binding, 'utf8'))
  sealed.set(nonce)
  sealed.set(cipher.update(plaintext), NONCE_BYTES + TAG_BYTES)
  cipher.final()
  sealed.set(cipher.getAuthTag(), NONCE_BYTES)
  return sealed
}

/** Handing a key over as bytes costs five times what the encryption of a code does; a key object is made once. */
function preparedKey(key: Uint8Array): KeyObject {
  const known = preparedKeys.get(key)
  if (known) return known
  const made = createSecretKey(key)
  preparedKeys.set(key, made)
  return made
}

const preparedKeys = new WeakMap<Uint8Array, KeyObject>()

/** Random bytes fetched by the thousand; none is given out twice. */
function freshNonce(): Uint8Array {
  if (nonceAt + NONCE_BYTES > nonces.length) {
    nonces = randomBytes(1_024 * NONCE_BYTES)
    nonceAt = 0
  }
  nonceAt += NONCE_BYTES
  return nonces.subarray(nonceAt - NONCE_BYTES, nonceAt)
}

let nonces: Uint8Array = new Uint8Array()
let nonceAt = 0

function open(key: Uint8Array, binding: string, sealed: Uint8Array): Uint8Array {
  invariant(sealed.length >= NONCE_BYTES + TAG_BYTES, 'sealed text is cut off')
  const decipher = createDecipheriv(ALGORITHM, preparedKey(key), sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(binding, 'utf8'))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}

const bindingText = ({ merchantId, cdkId }: CdkBinding) => `keybond/cdk/${merchantId}/${cdkId}`
const wrapBinding = (version: number) => `keybond/batch-key/${version}`

function derive(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), purpose, KEY_BYTES))
}

/** A copy on memory of its own: Buffers may share a pool, and Prisma wants a plain ArrayBuffer behind its bytes. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

function asBatchKey(bytes: Uint8Array): BatchKey {
  invariant(isBatchKey(bytes), 'a batch key has 32 bytes')
  return bytes
}

function isBatchKey(bytes: Uint8Array): bytes is BatchKey {
  return bytes.length === KEY_BYTES
}
