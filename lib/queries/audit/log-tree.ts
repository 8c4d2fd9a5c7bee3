import { z } from 'zod'
import {
  type ReadTile,
  type TreeHead,
  auditTiles,
  consistencyProof,
  decodeTree,
  parseCheckpoint,
  parseNote,
  parseTilePath,
  readSignedState,
  sameBytes,
  tilesForConsistency,
  treeRoot,
  verifyConsistency,
} from '@/lib/domain/provenance'
import { readShelf } from '@/lib/domain/sealing'
import { sha256 } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type AuditTools, type Finding, MOST_EXAMPLES } from './invariant'
import { sampleCheckpoints, termsOf } from './log-signatures'

const TILES_AT_ONCE = 64

/** Everything that the newest tree head stands for: tiles, state, events, earlier heads. Names what is not as it was. */
export async function checkTree(tx: Tx, tools: AuditTools): Promise<Finding> {
  const [{ note, count } = { note: null, count: 0 }] = await selectRows(
    tx,
    z.object({ note: z.string().nullable(), count: z.number() }),
    sql`SELECT (SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1) AS note, (SELECT count(*) FROM log_tile)::float8 AS count`,
  )
  const facts = { counted: count, unit: 'tiles' }
  const head = note === null ? null : parseCheckpoint(parseNote(note)?.text ?? '')
  if (note !== null && !head) return { ...facts, offenders: 1, examples: ['log_checkpoint: the newest cannot be read'] }
  const bad = head ? await namesOfWrong(tx, head) : await misfits(tx, 0)
  if (head && bad.length === 0) bad.push(...(await forks(tx, tools, head)))
  return { ...facts, offenders: bad.length, examples: bad.slice(0, MOST_EXAMPLES) }
}

async function namesOfWrong(tx: Tx, head: TreeHead): Promise<string[]> {
  const { wrong, rootFound } = await auditTiles(sha256, head, tileReader(tx))
  const tiles = wrong.map(({ path }) => nameOfTile(path))
  const state = await stateOf(tx)
  if (state && state.size === head.size && !sameBytes(state.root, head.root)) {
    // The tiles say which of the two is the one that was changed.
    tiles.push(rootFound ? 'log_state 1' : `log_checkpoint ${head.size}`)
  } else if (!rootFound && tiles.length === 0) tiles.push(`log_checkpoint ${head.size}`)
  const [strange, events] = [await misfits(tx, head.size), await eventsUnlike(tx)]
  const blamed = new Set([...tiles, ...strange])
  const own = events.filter(({ tile }) => !blamed.has(`log_tile -1/${tile}`)).map(({ event }) => `cdk_event ${event}`)
  return [...blamed, ...own]
}

async function stateOf(tx: Tx): Promise<TreeHead | null> {
  const [state] = await selectRows(
    tx,
    z.object({ size: z.number(), tree: z.instanceof(Uint8Array), whole: z.boolean() }),
    sql`
      SELECT size::float8 AS size, tree, length(tree) = 32 * bit_count(size::bit(64)) AS whole FROM log_state`,
  )
  if (!state) return null
  const root = state.whole ? treeRoot(sha256, decodeTree(state.size, state.tree)) : new Uint8Array()
  return { size: state.size, root }
}

/** Tiles that are wider or narrower than the tree has them, or that it has not. */
async function misfits(tx: Tx, size: number): Promise<string[]> {
  const rows = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      SELECT 'log_tile ' || level || '/' || index AS id FROM log_tile
      WHERE width <> LEAST(256, GREATEST(0, div(${size}::bigint, 256::numeric ^ GREATEST(level, 0)::numeric) - index * 256))
         OR length(bytes) <> width * CASE level WHEN -1 THEN 71 ELSE 32 END ORDER BY 1 LIMIT ${MOST_EXAMPLES}`,
  )
  return rows.map(({ id }) => id)
}

/** Events that are not what their entry in the log says. Whole bundles are compared first: it is a hundred times as fast. */
async function eventsUnlike(tx: Tx): Promise<{ event: string; tile: number }[]> {
  const entry = sql`'\\x004501'::bytea || sha256(convert_to(E'keybond/cdk-chain/v1\n' || e."merchantId" || E'\n' || e."cdkId", 'UTF8')) || int4send(e.seq) || e.hash`
  return selectRows(
    tx,
    z.object({ event: z.string(), tile: z.number() }),
    sql`
      WITH other AS MATERIALIZED (
        SELECT t.index, t.bytes FROM log_tile t JOIN (
          SELECT l.index / 256 AS index, string_agg(${entry}, '' ORDER BY l.index) AS bytes
          FROM log_leaf l JOIN cdk_event e ON e."cdkId" = l."cdkId" AND e.seq = l.seq GROUP BY 1) AS told ON told.index = t.index
        WHERE t.level = -1 AND told.bytes <> t.bytes)
      SELECT l."cdkId" || '/' || l.seq AS event, other.index::float8 AS tile FROM other
      JOIN log_leaf l ON l.index BETWEEN other.index * 256 AND other.index * 256 + 255
      LEFT JOIN cdk_event e ON e."cdkId" = l."cdkId" AND e.seq = l.seq
      WHERE ${entry} IS DISTINCT FROM substring(other.bytes FROM ((l.index % 256) * 71 + 1)::int FOR 71)
      ORDER BY l.index LIMIT ${MOST_EXAMPLES}`,
  )
}

/** Earlier tree heads, truly signed, that the tree did not grow from: two histories under one key. */
async function forks(tx: Tx, tools: AuditTools, newest: TreeHead): Promise<string[]> {
  const terms = await termsOf(tx, tools)
  if (typeof terms === 'string') return []
  const bad: string[] = []
  for (const { size, note } of await sampleCheckpoints(tx)) {
    const { head } = await readSignedState(note, '', terms, [])
    if (!head || head.size > newest.size) continue
    const shelf = await readShelf(tx, tilesForConsistency(head.size, newest.size))
    const proof = consistencyProof(sha256, head.size, newest.size, shelf)
    if (!(await verifyConsistency(head, newest, proof))) bad.push(`log_checkpoint ${size}`)
  }
  return bad
}

const Tile = z.object({ index: z.number(), width: z.number(), bytes: z.instanceof(Uint8Array) })

/** Reads tiles in their order, many at once; one of another width than asked for is not there. */
function tileReader(tx: Tx): ReadTile {
  const ahead = new Map<number, { readonly from: number; readonly tiles: readonly z.infer<typeof Tile>[] }>()
  return async (path) => {
    const ref = parseTilePath(path)
    if (!ref) return null
    const level = ref.level === 'entries' ? -1 : ref.level
    const from = Math.floor(ref.index / TILES_AT_ONCE) * TILES_AT_ONCE
    const block = ahead.get(level)
    const tiles = block?.from === from ? block.tiles : await readBlock(tx, level, from)
    ahead.set(level, { from, tiles })
    const tile = tiles.find(({ index }) => index === ref.index)
    return tile?.width === ref.width ? new Uint8Array(tile.bytes) : null
  }
}

async function readBlock(tx: Tx, level: number, from: number) {
  return selectRows(
    tx,
    Tile,
    sql`
      SELECT index::float8 AS index, width, bytes FROM log_tile
      WHERE level = ${level}::smallint AND index >= ${from}::bigint AND index < ${from + TILES_AT_ONCE}::bigint`,
  )
}

function nameOfTile(path: string): string {
  const ref = parseTilePath(path)
  return `log_tile ${ref?.level === 'entries' ? -1 : ref?.level}/${ref?.index}`
}
