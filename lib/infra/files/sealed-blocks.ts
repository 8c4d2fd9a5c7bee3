import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { invariant } from '@/lib/kernel/invariant'
import { FileError } from './file-error'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const TAG_BYTES = 16
const MAGIC = Buffer.from('KBF1', 'latin1')
const SALT_BYTES = 32
const HEADER_BYTES = MAGIC.length + SALT_BYTES
/** Plain bytes of every block but the last, which has fewer or as many. */
export const BLOCK_BYTES = 64 * 1024
const SEALED_BYTES = BLOCK_BYTES + TAG_BYTES

/**
 * Plain bytes to what is stored: a header with a fresh salt, then blocks under AES-256-GCM. The key belongs to this one
 * writing (derived from data key, salt and file key), so the block's number can be its nonce; whether it is the last is part of
 * what is authenticated. A file that is cut off, reordered or renamed does not open.
 */
export async function* sealBlocks(
  plain: AsyncIterable<Uint8Array>,
  dataKey: Uint8Array,
  fileKey: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const salt = randomBytes(SALT_BYTES)
  const key = writingKey(dataKey, salt, fileKey)
  yield Buffer.concat([MAGIC, salt])
  let number = 0
  let held: Uint8Array | null = null
  for await (const block of blocksOf(plain, BLOCK_BYTES)) {
    if (held) yield seal(key, fileKey, number++, false, held)
    held = block
  }
  yield seal(key, fileKey, number, true, held ?? new Uint8Array())
}

/** What was sealed, block by block, each authenticated before it is given out. Throws FileError `damaged`. */
export async function* openBlocks(
  stored: AsyncIterable<Uint8Array>,
  dataKey: Uint8Array,
  fileKey: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let key: Uint8Array | null = null
  let number = 0
  let held: Uint8Array | null = null
  for await (const block of blocksOf(stored, SEALED_BYTES, HEADER_BYTES)) {
    if (key === null) {
      if (block.length !== HEADER_BYTES || !MAGIC.equals(block.subarray(0, MAGIC.length)))
        throw new FileError('damaged')
      key = writingKey(dataKey, block.subarray(MAGIC.length), fileKey)
      continue
    }
    if (held) yield open(key, fileKey, number++, false, held)
    held = block
  }
  if (!key || !held) throw new FileError('damaged')
  yield open(key, fileKey, number, true, held)
}

function writingKey(dataKey: Uint8Array, salt: Uint8Array, fileKey: string): Uint8Array {
  invariant(dataKey.length === KEY_BYTES, 'a data key has 32 bytes')
  return new Uint8Array(hkdfSync('sha256', dataKey, salt, `keybond/file/v1/${fileKey}`, KEY_BYTES))
}

function seal(key: Uint8Array, fileKey: string, number: number, last: boolean, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(number, last)).setAAD(bindingOf(fileKey, number, last))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function open(key: Uint8Array, fileKey: string, number: number, last: boolean, sealed: Uint8Array): Uint8Array {
  if (sealed.length < TAG_BYTES) throw new FileError('damaged')
  const body = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key, nonceOf(number, last), { authTagLength: TAG_BYTES })
    .setAAD(bindingOf(fileKey, number, last))
    .setAuthTag(sealed.subarray(body))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, body)), decipher.final()])
  } catch (error) {
    throw new FileError('damaged', error)
  }
}

/** Never twice under one key: the number rises, and of two blocks of one number only one can be the last. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

function bindingOf(fileKey: string, number: number, last: boolean): Buffer {
  return Buffer.from(`keybond/file/${fileKey}/${number}/${last ? 'last' : 'more'}`, 'utf8')
}

/** Bytes cut anew into blocks of `size`, the first of `firstSize`; the last one is what is left, and never empty. */
async function* blocksOf(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
  firstSize = size,
): AsyncGenerator<Uint8Array, void, undefined> {
  let block = Buffer.allocUnsafe(firstSize)
  let filled = 0
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + block.length - filled)
      block.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < block.length) continue
      yield block
      block = Buffer.allocUnsafe(size)
      filled = 0
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}
