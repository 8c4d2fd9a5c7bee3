import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  auditTiles,
  decodeTree,
  leafHash,
  logEntry,
  parseCheckpoint,
  parseNote,
  signingKeyOf,
  treeRoot,
  verifyNote,
} from '@/lib/domain/provenance'
import { findCheckpoint, findTile, handOverLog, readLogIdentity, sealEvents } from '@/lib/domain/sealing'
import { readChains, sha256 } from '@/lib/domain/stock'
import { db } from '@/tests/support/database'
import { NOW, aConfirmedOrder, aListing, addStock, aPlacedOrder, run } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { cdkOf, drain, misfits, outOfOrder, seal } from './a-sealed-mall'

async function head() {
  const checkpoint = await findCheckpoint(db)
  const parsed = parseCheckpoint(parseNote(checkpoint?.note ?? '')?.text ?? '')
  if (!checkpoint || !parsed) throw new Error('no checkpoint')
  return { ...parsed, note: checkpoint.note }
}

test('seals every event once, signs the tree head and does nothing when nothing is new', async () => {
  await aConfirmedOrder()
  const leaves = await drain()
  expect(leaves).toBe(await db.cdkEvent.count())
  expect(await misfits()).toEqual([])
  const { verifier } = await signingKeyOf(LOG_KEYS.name, LOG_KEYS.seed(1))
  const signed = await head()
  expect(signed).toMatchObject({ origin: LOG_KEYS.name, size: leaves })
  expect((await verifyNote(signed.note, [verifier]))?.verified).toHaveLength(1)
  expect(await auditTiles(sha256, signed, (path) => findTile(db, path))).toEqual({ wrong: [], rootFound: true })

  expect(await seal()).toEqual({ leaves: 0, drained: true })
  expect(await db.logCheckpoint.count()).toBe(1)
  const { size, tree } = await db.logState.findUniqueOrThrow({ where: { id: 1 } })
  expect(treeRoot(sha256, decodeTree(Number(size), tree))).toEqual(signed.root)
})

test('the entries made in SQL are those of the provenance core', async () => {
  const listing = await aListing()
  await aConfirmedOrder({ listing })
  await drain()
  const cdkId = await cdkOf(listing)
  const chain = (await readChains(db, [cdkId])).get(cdkId) ?? []
  expect(chain.length).toBeGreaterThan(0)
  for (const { event } of chain) {
    const { index } = await db.logLeaf.findFirstOrThrow({ where: { cdkId, seq: event.seq } })
    const tile = await db.logTile.findUniqueOrThrow({ where: { level_index: { level: 0, index: index / 256n } } })
    const at = Number(index % 256n) * 32
    expect(new Uint8Array(tile.bytes.slice(at, at + 32))).toEqual(leafHash(sha256, logEntry(sha256, event)))
  }
})

test('small windows seal every chain in its own order, whatever the numbers of the transactions', async () => {
  await drain()
  await db.logState.update({ where: { id: 1 }, data: { sealedTo: 0n } })
  // Chains of eight whose transactions are numbered backwards, or as it came, mixed with each other.
  await db.$executeRaw`
    INSERT INTO cdk_event ("merchantId", "cdkId", seq, type, at, "actorPseudonym", commitment, hash, xid)
    SELECT gen_random_uuid(), c.id, seq, CASE seq WHEN 0 THEN 'imported' ELSE 'exported' END, now(), 'system', sha256('c'), sha256('h'),
           CASE c.number % 2 WHEN 0 THEN 400 - seq * 20 + c.number ELSE 100 + (seq * 37 + c.number * 11) % 300 END
    FROM (SELECT gen_random_uuid() AS id, number FROM generate_series(1, 25) AS number) AS c, generate_series(0, 7) AS seq`
  expect(await drain(7)).toBe(200)
  expect(await misfits()).toEqual([])
  expect(await outOfOrder()).toEqual([])
  const signed = await head()
  expect(await auditTiles(sha256, signed, (path) => findTile(db, path))).toEqual({ wrong: [], rootFound: true })
})

test('every size on the way has a checkpoint that the next one goes on from', async () => {
  await addStock(await aListing({ stock: 0 }), 300)
  await drain(64)
  const sizes = (await db.logCheckpoint.findMany({ orderBy: { size: 'asc' } })).map(({ size }) => Number(size))
  expect(sizes.length).toBeGreaterThan(4)
  expect(sizes.at(-1)).toBe(await db.cdkEvent.count())
})

test('a transaction that is rolled back seals nothing', async () => {
  await aPlacedOrder()
  const before = await db.logState.findUniqueOrThrow({ where: { id: 1 } })
  const failed = run(async (tx) => {
    await sealEvents(tx, LOG_KEYS, NOW)
    throw new Error('too late')
  })
  await expect(failed).rejects.toThrow('too late')
  expect(await db.logState.findUniqueOrThrow({ where: { id: 1 } })).toEqual(before)
  await drain()
  expect(await misfits()).toEqual([])
})

test('a database that was restored under another server is looked through from the beginning', async () => {
  await drain()
  const listing = await aListing({ stock: 3 })
  await db.logState.update({ where: { id: 1 }, data: { sealedTo: 9_000_000_000_000n } })
  expect(await drain()).toBe(3)
  const { sealedTo } = await db.logState.findUniqueOrThrow({ where: { id: 1 } })
  expect(sealedTo).toBeLessThan(9_000_000_000_000n)
  await addStock(listing, 2)
  expect(await drain()).toBe(2)
  expect(await misfits()).toEqual([])
})

test('another key than the one before signs nothing', async () => {
  await drain()
  await aListing({ stock: 1 })
  const lost = { name: LOG_KEYS.name, seed: () => new Uint8Array(hash('sha256', 'another', 'buffer')) }
  await expect(run((tx) => sealEvents(tx, lost, NOW))).rejects.toThrow('put it back from a backup')
  expect(await drain()).toBe(1)
})

test('a log keeps the name of its first checkpoint', async () => {
  await drain()
  await aListing({ stock: 1 })
  await run((tx) => sealEvents(tx, { ...LOG_KEYS, name: 'moved.example.com/log' }, NOW))
  expect(await head()).toMatchObject({ origin: LOG_KEYS.name })
})

test('goes on under the next key after a handover', async () => {
  await drain()
  const before = await readLogIdentity(db, LOG_KEYS)
  const { version, vkey } = await run((tx) => handOverLog(tx, LOG_KEYS, NOW))
  expect(version).toBe(before.handovers.length + 2)
  const after = await readLogIdentity(db, LOG_KEYS)
  expect(after).toMatchObject({ origin: before.origin, firstKey: before.firstKey, signer: { verifier: { vkey } } })
  await aListing({ stock: 1 })
  expect(await drain()).toBe(1)
  expect((await verifyNote((await head()).note, [after.signer.verifier]))?.verified).toHaveLength(1)
})

test('does not go on from a tile that was changed', async () => {
  await drain()
  await aListing({ stock: 1 })
  const [tile] = await db.$queryRaw<{ index: bigint }[]>`
    UPDATE log_tile SET bytes = set_byte(bytes, 3, get_byte(bytes, 3) # 1) WHERE level = 0 AND width < 256 RETURNING index`
  expect(tile).toBeDefined()
  await expect(seal()).rejects.toThrow('not its tree')
  await db.$executeRaw`UPDATE log_tile SET bytes = set_byte(bytes, 3, get_byte(bytes, 3) # 1) WHERE level = 0 AND width < 256`
  expect(await drain()).toBe(1)
})
