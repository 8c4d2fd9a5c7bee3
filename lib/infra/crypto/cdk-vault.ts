import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { BatchKey, CdkBinding, CdkVault } from '@/lib/domain/stock'
import { invariant } from '@/lib/kernel/invariant'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The version of the only master key so far; rotation adds others. */
const MASTER_KEY_VERSION = 1

/**
 * AES-256-GCM with a data key per batch, wrapped by the master key. A sealed text is nonce | tag | ciphertext; the
 * additional data binds it to its merchant and CDK, so a row copied onto another does not open.
 */
export function createCdkVault(masterKey: Uint8Array, fingerprintKey: Uint8Array): CdkVault {
  invariant(masterKey.length === KEY_BYTES && fingerprintKey.length === KEY_BYTES, 'vault keys have 32 bytes')
  const wrappingKey = derive(masterKey, 'keybond/cdk/wrap/v1')
  return {
    newBatchKey() {
      const key = asBatchKey(randomBytes(KEY_BYTES))
      return {
        key,
        wrappedKey: seal(wrappingKey, wrapBinding(MASTER_KEY_VERSION), key),
        masterKeyVersion: MASTER_KEY_VERSION,
      }
    },
    openBatchKey(wrappedKey, masterKeyVersion) {
      invariant(masterKeyVersion === MASTER_KEY_VERSION, `master key ${masterKeyVersion} is not known`)
      return asBatchKey(open(wrappingKey, wrapBinding(masterKeyVersion), wrappedKey))
    },
    seal: (key, binding, plaintext) => seal(key, bindingText(binding), Buffer.from(plaintext, 'utf8')),
    open: (key, binding, ciphertext) => Buffer.from(open(key, bindingText(binding), ciphertext)).toString('utf8'),
    fingerprint: (code) => own(createHmac('sha256', fingerprintKey).update(normaliseCode(code)).digest()),
  }
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
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(binding, 'utf8'))
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return own(Buffer.concat([nonce, cipher.getAuthTag(), body]))
}

function open(key: Uint8Array, binding: string, sealed: Uint8Array): Uint8Array {
  invariant(sealed.length >= NONCE_BYTES + TAG_BYTES, 'sealed text is cut off')
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
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
