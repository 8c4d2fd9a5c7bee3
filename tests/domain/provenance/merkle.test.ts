import { RFC9162 } from '@transmute/rfc9162'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Bytes,
  type Digest,
  EMPTY_EDGE,
  EMPTY_TREE,
  appendLeaves,
  consistencyProof,
  decodeTree,
  encodeTree,
  fromHex,
  growTiles,
  inclusionProof,
  inclusionRanges,
  leafHash,
  nodeHash,
  toHex,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '@/lib/domain/provenance'
import { entriesOf, leavesOf, rootOf, sha256, shelfOf, turned } from './trees'

const hex = (text: string): Digest => fromHex(text) ?? new Uint8Array()

describe('the reference tree of Certificate Transparency', () => {
  // The eight leaves, the roots of the first one to eight of them and the proofs of certificate-transparency's test data.
  const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const ROOTS = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const SIBLINGS = [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ]
  const entries = LEAVES.map(hex)
  const leaves = leavesOf(entries)
  const root = (size: number) => rootOf(leaves.slice(0, size))
  const shelf = (size: number) => shelfOf(entries.slice(0, size))

  test('has the published roots, and nothing has the hash of nothing', () => {
    expect(ROOTS.map((_, at) => toHex(root(at + 1)))).toEqual(ROOTS)
    expect(toHex(root(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  test('has the published proofs', () => {
    expect(inclusionProof(sha256, 0, 8, shelf(8)).map(toHex)).toEqual(SIBLINGS)
    expect(inclusionProof(sha256, 0, 1, shelf(1))).toEqual([])
    expect(consistencyProof(sha256, 1, 8, shelf(8)).map(toHex)).toEqual(SIBLINGS)
    expect(consistencyProof(sha256, 6, 8, shelf(8)).map(toHex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
    expect(consistencyProof(sha256, 2, 5, shelf(5)).map(toHex)).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ])
  })

  test('has the proofs that RFC 6962 2.1.3 draws for seven leaves', () => {
    const [a, b, c, d, e, f, j] = leaves.slice(0, 7)
    if (!a || !b || !c || !d || !e || !f || !j) throw new Error('seven leaves')
    const join = (left: Digest, right: Digest) => nodeHash(sha256, left, right)
    const [g, h, i] = [join(a, b), join(c, d), join(e, f)]
    const [k, l] = [join(g, h), join(i, j)]
    const seven = shelf(7)
    expect([0, 3, 4, 6].map((index) => inclusionProof(sha256, index, 7, seven))).toEqual([
      [b, h, l],
      [c, g, l],
      [f, j, k],
      [i, k],
    ])
    expect([3, 4, 6].map((old) => consistencyProof(sha256, old, 7, seven))).toEqual([[c, d, g, l], [l], [i, j, k]])
  })

  test('verifies every leaf and every pair of sizes, and nothing else', async () => {
    for (let size = 1; size <= 8; size++) {
      const head = { size, root: root(size) }
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(sha256, index, size, shelf(size))
        const holds = await Promise.all(leaves.map((leaf, other) => verifyInclusion(leaf, other, head, proof)))
        expect(holds).toEqual(leaves.map((_, other) => other === index))
      }
      for (let old = 0; old <= size; old++) {
        const older = { size: old, root: root(old) }
        const proof = consistencyProof(sha256, old, size, shelf(size))
        expect(await verifyConsistency(older, head, proof)).toBe(true)
        expect(await verifyConsistency({ ...older, root: turned(older.root, 31) }, head, proof)).toBe(false)
        expect(await verifyConsistency(older, { ...head, root: turned(head.root, 0) }, proof)).toBe(
          old === 0 && size > 0,
        )
        expect(await verifyConsistency(older, head, [...proof, root(1)])).toBe(false)
        expect(await verifyConsistency(older, head, proof.slice(1))).toBe(proof.length === 0)
      }
    }
  })

  test('indexes and sizes that are none are no proof', async () => {
    const head = { size: 8, root: root(8) }
    const proof = inclusionProof(sha256, 0, 8, shelf(8))
    for (const index of [-1, 8, 0.5, Number.NaN, 2 ** 53]) {
      expect(await verifyInclusion(leaves[0] ?? root(0), index, head, proof)).toBe(false)
    }
    expect(await verifyConsistency(head, { size: 7, root: root(7) }, [])).toBe(false)
    expect(() => inclusionRanges(8, 8)).toThrow('no proof of 9')
  })
})

describe('random trees', { timeout: 60_000 }, () => {
  const sizes = fc.integer({ min: 1, max: 90 })

  // The independent implementation finds an entry by its value, so no two may be the same.
  const someEntries = fc
    .array(fc.uint8Array({ maxLength: 40 }), { minLength: 2, maxLength: 70 })
    .map((raw) => raw.map((bytes, at) => new Uint8Array([at, ...bytes])))

  test('agree with an independent implementation on roots and inclusion proofs', async () => {
    await fc.assert(
      fc.asyncProperty(someEntries, fc.nat(), async (entries, some) => {
        const index = some % entries.length
        const [entry, head] = [entries[index] ?? new Uint8Array(), headOf(entries)]
        const leaf = leafHash(sha256, entry)
        const theirs = await RFC9162.inclusionProof(entry, entries)
        const ours = inclusionProof(sha256, index, head.size, shelfOf(entries))
        expect(head.root).toEqual(await RFC9162.treeHead(entries))
        expect(ours).toEqual(theirs.inclusion_path)
        expect(await verifyInclusion(leaf, index, head, theirs.inclusion_path.map(own))).toBe(true)
        expect(await RFC9162.verifyInclusionProof(head.root, leaf, { ...theirs, inclusion_path: ours })).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('agree with an independent implementation on consistency proofs', async () => {
    await fc.assert(
      fc.asyncProperty(someEntries, fc.nat(), async (entries, some) => {
        const size = 1 + (some % (entries.length - 1))
        const [older, newer] = [headOf(entries.slice(0, size)), headOf(entries)]
        const ours = consistencyProof(sha256, size, newer.size, shelfOf(entries))
        // Theirs keeps the old root in front when the old size is a power of two; RFC 9162 leaves it out.
        const known = Number.isInteger(Math.log2(size)) ? [older.root] : []
        const inclusion = { log_id: '', tree_size: size, leaf_index: 0, inclusion_path: [] }
        const theirs = await RFC9162.consistencyProof(inclusion, entries)
        expect([...known, ...ours]).toEqual(theirs.consistency_path)
        expect(await verifyConsistency(older, newer, theirs.consistency_path.slice(known.length).map(own))).toBe(true)
        const given = { ...theirs, consistency_path: [...known, ...ours] }
        expect(await RFC9162.verifyConsistencyProof(older.root, newer.root, given)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('no changed byte of a leaf, a root or a proof passes', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), fc.nat(31), async (size, some, other, byte) => {
        const entries = entriesOf(size)
        const leaves = leavesOf(entries)
        const [index, old] = [some % size, 1 + (other % size)]
        const head = { size, root: rootOf(leaves) }
        const older = { size: old, root: rootOf(leaves.slice(0, old)) }
        const leaf = leaves[index] ?? head.root
        const inclusion = inclusionProof(sha256, index, size, shelfOf(entries))
        const consistency = consistencyProof(sha256, old, size, shelfOf(entries))
        expect(await verifyInclusion(turned(leaf, byte), index, head, inclusion)).toBe(false)
        expect(await verifyInclusion(leaf, index, { size, root: turned(head.root, byte) }, inclusion)).toBe(false)
        for (const at of inclusion.keys()) {
          expect(await verifyInclusion(leaf, index, head, turnedAt(inclusion, at, byte))).toBe(false)
        }
        for (const at of consistency.keys()) {
          expect(await verifyConsistency(older, head, turnedAt(consistency, at, byte))).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('grow in any steps to the same root and tiles, also through their stored state', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }), (steps) => {
        const leaves = leavesOf(entriesOf(steps.reduce((sum, step) => sum + step, 0)))
        let [tree, edge, from] = [EMPTY_TREE, EMPTY_EDGE, 0]
        for (const step of steps) {
          const some = leaves.slice(from, from + step)
          tree = appendLeaves(sha256, decodeTree(tree.size, encodeTree(tree)), some)
          edge = growTiles(sha256, edge, some).edge
          from += step
        }
        expect(tree).toEqual(appendLeaves(sha256, EMPTY_TREE, leaves))
        expect(treeRoot(sha256, tree)).toEqual(rootOf(leaves))
        expect(edge.levels).toEqual(growTiles(sha256, EMPTY_EDGE, leaves).edge.levels)
        expect(tree.hashes.length).toBe(tree.size.toString(2).replaceAll('0', '').length)
      }),
      { numRuns: 30 },
    )
  })
})

test('proofs of a tree of several tile levels are made from a handful of tiles', async () => {
  const entries = entriesOf(70_000)
  const leaves = leavesOf(entries)
  const shelf = shelfOf(entries)
  const head = { size: 70_000, root: rootOf(leaves) }
  for (const index of [0, 255, 256, 65_535, 65_536, 69_888, 69_999]) {
    const proof = inclusionProof(sha256, index, head.size, shelf)
    expect(await verifyInclusion(leaves[index] ?? head.root, index, head, proof)).toBe(true)
  }
  for (const old of [1, 256, 257, 65_536, 69_999]) {
    const proof = consistencyProof(sha256, old, head.size, shelf)
    expect(await verifyConsistency({ size: old, root: rootOf(leaves.slice(0, old)) }, head, proof)).toBe(true)
  }
})

const own = (bytes: Uint8Array): Digest => new Uint8Array(bytes)

const turnedAt = (proof: readonly Digest[], at: number, byte: number) =>
  proof.map((step, other) => (other === at ? turned(step, byte) : step))

const headOf = (entries: readonly Bytes[]) => ({ size: entries.length, root: rootOf(leavesOf(entries)) })
