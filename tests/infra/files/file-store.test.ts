import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createFileStore, fileKeyTime, newFileKey } from '@/lib/infra/files'

const folder = mkdtempSync(path.join(tmpdir(), 'keybond-test-store-'))
const store = createFileStore(folder)
const seal = randomBytes(32)
const MOST = 1_000_000
const BLOCK = 64 * 1024

async function* pieces(bytes: Uint8Array, size = 10_007): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

async function put(bytes: Uint8Array, most = MOST): Promise<string> {
  const key = newFileKey('proofs')
  await store.putFile(pieces(bytes), { key, seal, most })
  return key
}

async function read(key: string, withKey: Uint8Array = seal): Promise<Buffer> {
  const found: Uint8Array[] = []
  for await (const piece of store.openFile(key, withKey)) found.push(piece)
  return Buffer.concat(found)
}

const onDisk = (key: string) => path.join(folder, key)

test.each([0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 200_001])('%i bytes come back as they were', async (size) => {
  const bytes = randomBytes(size)
  const key = newFileKey('imports')
  const stored = await store.putFile(pieces(bytes), { key, seal, most: MOST })
  expect(stored.byteCount).toBe(size)
  expect(Buffer.from(stored.sha256)).toEqual(createHash('sha256').update(bytes).digest())
  expect((await read(key)).equals(bytes)).toBe(true)
})

test('nothing of the plain bytes stands on the disk, and two files of one content differ', async () => {
  const bytes = Buffer.from('SECRET-CODE-0001\n'.repeat(20_000))
  const [one, other] = [await put(bytes), await put(bytes)]
  expect(readFileSync(onDisk(one)).includes('SECRET-CODE')).toBe(false)
  expect(readFileSync(onDisk(one)).equals(readFileSync(onDisk(other)))).toBe(false)
})

test('whatever is cut off, changed, reordered, renamed or opened under another key is damaged', async () => {
  const key = await put(randomBytes(3 * BLOCK + 5))
  const whole = readFileSync(onDisk(key))
  const [header, sealed] = [36, BLOCK + 16]
  const block = (at: number) => whole.subarray(header + at * sealed, header + (at + 1) * sealed)
  const rest = whole.subarray(header + 3 * sealed)
  const damages: Record<string, Buffer> = {
    'its last block': whole.subarray(0, header + 3 * sealed),
    'its last byte': whole.subarray(0, -1),
    'all but the header': whole.subarray(0, header),
    'the header': whole.subarray(header),
    'a bit': Buffer.from(whole.map((byte, at) => (at === 70_000 ? byte ^ 1 : byte))),
    'the order': Buffer.concat([whole.subarray(0, header), block(1), block(0), block(2), rest]),
    'a block twice': Buffer.concat([whole.subarray(0, header), block(0), block(0), block(1), block(2), rest]),
    'a byte behind': Buffer.concat([whole, Buffer.from([0])]),
    everything: Buffer.alloc(0),
  }
  for (const [what, bytes] of Object.entries(damages)) {
    writeFileSync(onDisk(key), bytes)
    await expect(read(key), what).rejects.toMatchObject({ reason: 'damaged' })
  }
  const renamed = newFileKey('proofs')
  writeFileSync(onDisk(renamed), whole)
  await expect(read(renamed)).rejects.toMatchObject({ reason: 'damaged' })
  writeFileSync(onDisk(key), whole)
  await expect(read(key, randomBytes(32))).rejects.toMatchObject({ reason: 'damaged' })
  expect(await read(key)).toHaveLength(3 * BLOCK + 5)
})

test('what is too large, or breaks off, leaves nothing behind', async () => {
  const before = readdirSync(path.join(folder, 'proofs'))
  await expect(put(randomBytes(200_000), 199_999)).rejects.toMatchObject({ reason: 'too-large' })
  const broken = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    yield await Promise.resolve(randomBytes(150_000))
    throw new Error('the browser went away')
  }
  const key = newFileKey('proofs')
  await expect(store.putFile(broken(), { key, seal, most: MOST })).rejects.toThrow()
  expect(readdirSync(path.join(folder, 'proofs'))).toEqual(before)
  await expect(read(key)).rejects.toMatchObject({ reason: 'gone' })
})

test('names are ours: nothing else is opened, written or deleted', async () => {
  for (const key of ['../secrets/master.key', 'imports/a', `other/${newFileKey('imports').slice(8)}`, '']) {
    await expect(store.deleteFile(key)).rejects.toThrow('file key')
    await expect(read(key)).rejects.toThrow('file key')
    await expect(store.putFile(pieces(randomBytes(1)), { key, seal, most: 1 })).rejects.toThrow('file key')
  }
})

test('a deleted file is gone, may be deleted again, and is listed no more', async () => {
  const key = await put(randomBytes(10))
  expect(await store.listFiles('proofs')).toContain(key)
  expect(Date.now() - fileKeyTime(key).getTime()).toBeLessThan(60_000)
  // What is not ours is neither listed nor stumbled over.
  writeFileSync(path.join(folder, 'proofs', '.DS_Store'), 'x')
  expect((await store.listFiles('proofs')).map((each) => fileKeyTime(each))).not.toEqual([])
  await store.deleteFile(key)
  await store.deleteFile(key)
  expect(await store.listFiles('proofs')).not.toContain(key)
  expect(await createFileStore(path.join(folder, 'new')).listFiles('imports')).toEqual([])
})
