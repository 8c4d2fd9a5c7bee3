import { createCipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { invariant } from '@/lib/kernel/invariant'

const BLOCK_BYTES = 64 * 1024
const CACHED_BLOCKS = 128
const CIPHER_BLOCK = 16n

/**
 * Bytes that are written once, from beginning to end, and read anywhere, held in at most some 8 MB: full blocks go to a
 * file without a name, under a key that only this object ever has. Codes never lie readable on a disk.
 */
export class Scratch {
  readonly #key = randomBytes(32)
  readonly #blocks = new Map<number, Buffer>()
  #file: FileHandle | null = null
  #tail = Buffer.alloc(BLOCK_BYTES)
  #size = 0

  get size(): number {
    return this.#size
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const from = this.#size % BLOCK_BYTES
      const piece = bytes.subarray(at, at + BLOCK_BYTES - from)
      this.#tail.set(piece, from)
      this.#size += piece.length
      at += piece.length
      if (this.#size % BLOCK_BYTES === 0) await this.#writeTail()
    }
  }

  /** The bytes from `start` up to `end`, when they are at hand; else `read` fetches them. */
  cached(start: number, end: number): Buffer | null {
    invariant(start >= 0 && start <= end && end <= this.#size, 'a scratch is read where it was written')
    const block = Math.floor(start / BLOCK_BYTES)
    if (start === end) return Buffer.alloc(0)
    if (Math.floor((end - 1) / BLOCK_BYTES) !== block) return null
    const held = block === Math.floor(this.#size / BLOCK_BYTES) ? this.#tail : this.#blocks.get(block)
    return held?.subarray(start - block * BLOCK_BYTES, end - block * BLOCK_BYTES) ?? null
  }

  async read(start: number, end: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    for (let at = start; at < end;) {
      const stop = Math.min(end, (Math.floor(at / BLOCK_BYTES) + 1) * BLOCK_BYTES)
      let piece = this.cached(at, stop)
      if (!piece) {
        await this.#fetch(Math.floor(at / BLOCK_BYTES))
        piece = this.cached(at, stop)
      }
      invariant(piece, 'a fetched block is at hand')
      pieces.push(piece)
      at = stop
    }
    const [only] = pieces
    return pieces.length === 1 && only ? only : Buffer.concat(pieces)
  }

  async close(): Promise<void> {
    this.#blocks.clear()
    await this.#file?.close()
    this.#file = null
  }

  async #writeTail(): Promise<void> {
    const block = this.#size / BLOCK_BYTES - 1
    this.#file ??= await openUnnamed()
    const sealed = this.#crypt(block, this.#tail)
    const { bytesWritten } = await this.#file.write(sealed, 0, BLOCK_BYTES, block * BLOCK_BYTES)
    invariant(bytesWritten === BLOCK_BYTES, 'the disk took only part of a block')
    this.#remember(block, this.#tail)
    this.#tail = Buffer.alloc(BLOCK_BYTES)
  }

  async #fetch(block: number): Promise<void> {
    invariant(this.#file, 'a block that is not at hand is in the file')
    const sealed = Buffer.alloc(BLOCK_BYTES)
    const { bytesRead } = await this.#file.read(sealed, 0, BLOCK_BYTES, block * BLOCK_BYTES)
    invariant(bytesRead === BLOCK_BYTES, 'the file lost a block')
    this.#remember(block, this.#crypt(block, sealed))
  }

  #remember(block: number, bytes: Buffer): void {
    this.#blocks.set(block, bytes)
    const [oldest] = this.#blocks.keys()
    if (this.#blocks.size > CACHED_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest)
  }

  /** Counter mode, the counter being the place in the file: any block opens alone, and no two share key stream. */
  #crypt(block: number, bytes: Buffer): Buffer {
    const counter = Buffer.alloc(16)
    counter.writeBigUInt64BE((BigInt(block) * BigInt(BLOCK_BYTES)) / CIPHER_BLOCK, 8)
    return createCipheriv('aes-256-ctr', this.#key, counter).update(bytes)
  }
}

/** A file that is gone from its folder as soon as it is open, so that no crash leaves it behind. */
async function openUnnamed(): Promise<FileHandle> {
  const name = path.join(tmpdir(), `keybond-${randomBytes(12).toString('hex')}`)
  const file = await open(name, 'wx+', 0o600)
  await unlink(name).catch(async (cause: unknown) => {
    await file.close()
    throw cause
  })
  return file
}
