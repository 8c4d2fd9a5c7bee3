import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Bytes,
  EMPTY_EDGE,
  EMPTY_TREE,
  appendLeaves,
  auditTiles,
  concat,
  decodeEntries,
  edgeEntries,
  edgeTiles,
  edgeTree,
  encodeEntries,
  growEntries,
  growTiles,
  parseTilePath,
  readEdge,
  tilePath,
  tileWidth,
  tilesForConsistency,
  tilesForInclusion,
  toHex,
  utf8,
} from '@/lib/domain/provenance'
import { entriesOf, leavesOf, rootOf, sha256, shelfOf, turned } from './trees'

describe('paths of tlog-tiles', () => {
  test('are written as the specification shows them', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 2, index: 0, width: 1 })).toBe('tile/2/000.p/1')
    expect(tilePath({ level: 'entries', index: 1000, width: 7 })).toBe('tile/entries/x001/000.p/7')
    expect(tilePath({ level: 63, index: 999, width: 255 })).toBe('tile/63/999.p/255')
  })

  test('are read back, and no other spelling is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })
        },
      ),
    )
    const others = ['tile/0/5', 'tile/0/0005', 'tile/0/x005', 'tile/0/001/002', 'tile/0/x000/005', 'tile/0/x01/002']
    others.push('tile/00/000', 'tile/64/000', 'tile/-1/000', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/07')
    others.push('tile/0/000.p/', 'tile/0/000/', '/tile/0/000', 'tile/entry/000', 'tile/0/x999/x999/x999/x999/x999/999')
    expect(others.map(parseTilePath)).toEqual(others.map(() => null))
  })

  test('exist as the specification counts them for 70,000 and for 256 leaves', () => {
    const widths = (level: number, size: number) =>
      Array.from({ length: 300 }, (_, index) => tileWidth(level, index, size)).filter((width) => width > 0)
    expect(widths(0, 70_000)).toEqual([...Array.from({ length: 273 }, () => 256), 112])
    expect([widths(1, 70_000), widths(2, 70_000), widths(3, 70_000)]).toEqual([[256, 17], [1], []])
    expect([widths(0, 256), widths(1, 256)]).toEqual([[256], [1]])
    expect(edgeTiles(70_000).map(tilePath)).toEqual(['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1'])
    expect(edgeTiles(256).map(tilePath)).toEqual(['tile/1/000.p/1'])
    expect(edgeTiles(0)).toEqual([])
  })
})

test('the right edge of a tree is the whole tree, as far as going on with it goes', () => {
  const leaves = leavesOf(entriesOf(1_100))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_100 }), fc.integer({ min: 0, max: 1_100 }), (one, other) => {
      const [first, size] = [Math.min(one, other), Math.max(one, other)]
      const before = growTiles(sha256, EMPTY_EDGE, leaves.slice(0, first)).edge
      const { edge } = growTiles(sha256, before, leaves.slice(first, size))
      expect(edgeTree(sha256, edge)).toEqual(appendLeaves(sha256, EMPTY_TREE, leaves.slice(0, size)))
    }),
    { numRuns: 40 },
  )
})

describe('bundles of entries', () => {
  test('carry two bytes of length before each entry', () => {
    const entries = [new Uint8Array(), utf8('a'), utf8('b'.repeat(300))]
    expect(toHex(encodeEntries(entries)).slice(0, 14)).toBe('0000000161012c')
    expect(decodeEntries(encodeEntries(entries))).toEqual(entries)
    expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow('65,535')
  })

  test('that are cut off are none', () => {
    const bytes = encodeEntries([utf8('abc')])
    expect([1, 2, 4].map((length) => decodeEntries(bytes.slice(0, length)))).toEqual([null, null, null])
  })
})

describe('a growing log', () => {
  test('writes each tile when it is full and the partial ones that grew, and goes on from stored tiles', () => {
    const leaves = leavesOf(entriesOf(600))
    const first = growTiles(sha256, EMPTY_EDGE, leaves.slice(0, 300))
    expect(first.tiles.map(({ ref }) => tilePath(ref))).toEqual(['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1'])
    const stored = new Map(first.tiles.map(({ ref, bytes }) => [tilePath(ref), bytes]))
    const edge = readEdge(300, stored)
    expect(edge).toEqual(first.edge)
    const second = growTiles(sha256, edge, leaves.slice(300, 310))
    expect(second.tiles.map(({ ref }) => tilePath(ref))).toEqual(['tile/0/001.p/54'])
    const third = growTiles(sha256, second.edge, leaves.slice(310))
    expect(third.tiles.map(({ ref }) => tilePath(ref))).toEqual(['tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2'])
    expect(third.edge).toEqual(growTiles(sha256, EMPTY_EDGE, leaves).edge)
    expect(growTiles(sha256, third.edge, [])).toEqual({ edge: third.edge, tiles: [] })
    expect(() => readEdge(301, stored)).toThrow('lacks its tile')
  })

  test('writes the bundles of entries in any steps as at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 5 }), (steps) => {
        const entries = entriesOf(steps.reduce((sum, step) => sum + step, 0))
        const shelf = new Map<string, Bytes>()
        let size = 0
        for (const step of steps) {
          const tiles = growEntries(size, shelf, entries.slice(size, size + step))
          for (const { ref, bytes } of tiles) shelf.set(tilePath(ref), bytes)
          size += step
        }
        const served = shelfOf(entries)
        for (const path of served.keys()) {
          expect(path.includes('entries') ? shelf.get(path) : null).toEqual(
            path.includes('entries') ? served.get(path) : null,
          )
        }
      }),
      { numRuns: 30 },
    )
    expect(edgeEntries(512)).toBeNull()
    expect(() => growEntries(300, new Map(), entriesOf(1))).toThrow('lacks its last bundle')
  })

  test('says which tiles a proof needs', () => {
    expect(tilesForInclusion(5, 70_000)).toEqual(['tile/0/000', 'tile/1/000', 'tile/1/001.p/17', 'tile/0/273.p/112'])
    expect(tilesForConsistency(65_536, 70_000)).toEqual(['tile/1/001.p/17', 'tile/0/273.p/112'])
    expect(tilesForConsistency(0, 70_000)).toEqual([])
  })
})

describe('the audit of served tiles', { timeout: 60_000 }, () => {
  const entries = entriesOf(600)
  const shelf = shelfOf(entries)
  // What a later checkpoint has made superfluous is not read.
  const head = { size: 600, root: rootOf(leavesOf(entries)) }
  const auditOf = (changed: ReadonlyMap<string, Bytes | null>) =>
    auditTiles(sha256, head, async (path) =>
      changed.has(path) ? (changed.get(path) ?? null) : (shelf.get(path) ?? null),
    )

  test('finds nothing in an unchanged log', async () => {
    expect(await auditOf(new Map())).toEqual({ wrong: [], rootFound: true })
  })

  test('names every tile and bundle of which one byte was changed, and where', async () => {
    const paths = [...shelf.keys()]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, some) => {
        const bytes = shelf.get(path) ?? new Uint8Array()
        const { wrong, rootFound } = await auditOf(new Map([[path, turned(bytes, some % bytes.length)]]))
        expect(rootFound).toBe(true)
        expect(wrong.map((found) => found.path)).toEqual([path])
        const position = Math.floor((some % bytes.length) / (path.includes('entries') ? bytes.length : 32))
        expect(path.includes('entries') ? 0 : wrong[0]?.at).toBe(position)
      }),
      { numRuns: 80 },
    )
  })

  test('names what is missing, cut off or has more than it should', async () => {
    for (const [path, bytes] of shelf) {
      for (const changed of [null, bytes.slice(0, -1), concat(bytes, new Uint8Array(32))]) {
        const { wrong } = await auditOf(new Map([[path, changed]]))
        expect(wrong.map((found) => found.path)).toEqual([path])
      }
    }
  })

  test('does not guess when entries and hashes were both rewritten to fit each other', async () => {
    const forged = shelfOf(entries.map((entry, at) => (at === 300 ? utf8('forged') : entry)))
    const { wrong, rootFound } = await auditTiles(sha256, head, async (path) => forged.get(path) ?? null)
    expect({ wrong, rootFound }).toEqual({ wrong: [], rootFound: false })
  })
})
