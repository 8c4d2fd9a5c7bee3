import { z } from 'zod'
import {
  type Bytes,
  edgeEntries,
  edgeTiles,
  edgeTree,
  encodeTree,
  growEntries,
  growTiles,
  leafHash,
  readEdge,
  sameBytes,
  signCheckpoint,
  tilePath,
  treeRoot,
} from '@/lib/domain/provenance'
import { sha256 } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { type LogKeys, requireOwnKey } from './log-keys'
import { type NextLeaves, nextLeaves } from './next-leaves'
import { readShelf, storeTiles } from './stored-tiles'

/** Bytes of a log entry (provenance's `encodeLogEntry`). */
const ENTRY_BYTES = 69

const State = z.object({
  size: z.number(),
  tree: z.instanceof(Uint8Array),
  sealedTo: z.bigint(),
  checkpoint: z.string().nullable(),
})
type State = z.infer<typeof State>

export interface Sealed {
  readonly leaves: number
  /** Nothing was left to seal. */
  readonly drained: boolean
}

/**
 * Puts events that have committed and stand in no log yet behind the others, at most `limit`, and signs the new tree head:
 * leaves, tiles, state and checkpoint in one transaction, so nothing is published that is not kept. Of two sealers at once
 * the second finds the state's row locked and does nothing (`null`). Stops on an invariant when the key is not the one
 * that the log was signed with before: a log signed by two keys without a handover proves nothing.
 */
export async function sealEvents(tx: Tx, keys: LogKeys, now: Date, limit = 1_000): Promise<Sealed | null> {
  const state = await lockState(tx)
  if (!state) return null
  const { entries, drained, sealedTo } = await takeLeaves(tx, state, limit)
  if (entries.length === 0) {
    if (isWorthMoving(state.sealedTo, sealedTo)) await tx.logState.update({ where: { id: 1 }, data: { sealedTo } })
    return { leaves: 0, drained }
  }
  const leaves = split(entries)
  await grow(tx, state, leaves, { keys, sealedTo, now })
  return { leaves: leaves.length, drained }
}

async function lockState(tx: Tx): Promise<State | null> {
  const [state] = await selectRows(
    tx,
    State,
    sql`
      SELECT size::float8 AS size, tree, "sealedTo", (SELECT note FROM log_checkpoint c WHERE c.size = s.size) AS checkpoint
      FROM log_state s FOR UPDATE OF s SKIP LOCKED`,
  )
  return state ?? null
}

/** Behind the cursor nothing is left to look through but what was sealed since; a restored database must not look again. */
function isWorthMoving(from: bigint, to: bigint): boolean {
  return to < from || to > from + 10_000n
}

/** A window of which nothing fits is widened: the events that it waits for are seen, only further on. */
async function takeLeaves(tx: Tx, { size, sealedTo }: State, limit: number): Promise<NextLeaves> {
  let [some, wide] = [await nextLeaves(tx, size, sealedTo, limit), limit]
  while (some.stuck) {
    wide *= 8
    some = await nextLeaves(tx, size, sealedTo, wide)
  }
  return some
}

async function grow(
  tx: Tx,
  { size: before, tree: stored, checkpoint: last }: State,
  entries: readonly Bytes[],
  { keys, sealedTo, now }: { readonly keys: LogKeys; readonly sealedTo: bigint; readonly now: Date },
): Promise<void> {
  const bundle = edgeEntries(before)
  const shelf = await readShelf(tx, [...edgeTiles(before), ...(bundle ? [bundle] : [])].map(tilePath))
  const hashes = entries.map((entry) => leafHash(sha256, entry))
  const grown = readEdge(before, shelf)
  // Going on from a damaged tile would sign a tree that the log never was.
  invariant(sameBytes(encodeTree(edgeTree(sha256, grown)), stored), 'the tiles of the provenance log are not its tree')
  const { edge, tiles } = growTiles(sha256, grown, hashes)
  const tree = edgeTree(sha256, edge)
  await storeTiles(tx, [...tiles, ...growEntries(before, shelf, entries)])
  const { signer } = await requireOwnKey(tx, keys, last)
  const note = await signCheckpoint(signer, { size: tree.size, root: treeRoot(sha256, tree) })
  const size = BigInt(tree.size)
  await tx.logCheckpoint.create({ data: { size, note, at: now } })
  await tx.logState.update({ where: { id: 1 }, data: { size, tree: encodeTree(tree), sealedTo, sealedAt: now } })
}

function split(entries: Uint8Array): Bytes[] {
  invariant(entries.length % ENTRY_BYTES === 0, 'the log entries of a window are of one length')
  return Array.from(
    { length: entries.length / ENTRY_BYTES },
    (_, at) => new Uint8Array(entries.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES)),
  )
}
