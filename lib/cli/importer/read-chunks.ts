import { setImmediate } from 'node:timers/promises'
import type { CdkVault } from '@/lib/domain/stock'
import {
  type Chunk,
  type FaultyLine,
  type SealTarget,
  type SeatedUnit,
  type SealedChunk,
  createChunkSealer,
  roomForChunk,
} from '@/lib/domain/stock-imports'
import { type ImportChoices, type JudgedRow, judgeRows, readStock } from '@/lib/stock-files'
import { DAY_MS, after } from '@/lib/kernel/time'

/** Other work of the process (the rows of the chunk before, going to the database) gets a turn after so many lines. */
const LINES_A_TURN = 200

/** Characters that a chunk holds, however few its lines: ten thousand long notes are more than the importer's memory. */
const CHUNK_CHARS = 2_000_000

export interface ChunkSource {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly choices: ImportChoices
  readonly vault: CdkVault
  /** Null when lines are only judged. */
  readonly target: SealTarget | null
  readonly dryRun: boolean
  /** Lines that were recorded before: they are read again, and nothing comes of them. */
  readonly from: number
  /** When the import began: an expiry is judged the same way in every pass. */
  readonly startedAt: Date
  readonly validityDays: number
  /** CDKs of one transaction; asked for every line. */
  readonly chunkCdks: () => number
  /** Ends the reading: what was yielded until then is not all. */
  readonly stop: AbortSignal
}

/**
 * The lines of an upload as chunks to record, each sealed while the one before is on its way to the database. A code that
 * falls short of the promised validity already is `expired`. The memory of a chunk is used again: it must be recorded when the
 * second one after it is asked for.
 */
export async function* readChunks(source: ChunkSource): AsyncGenerator<Chunk, void, undefined> {
  const { choices, vault, target, startedAt, validityDays, from } = source
  let bytesDone = 0
  const counted = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of source.bytes) {
      bytesDone += piece.length
      yield piece
    }
  }
  const options = {
    now: after(startedAt, validityDays * DAY_MS),
    fingerprint: (text: string) => vault.fingerprint(text),
  }
  const perLine = target?.seats ?? 1
  let lines = 0
  // One is filled while the other is recorded.
  const rooms = [roomForChunk(), roomForChunk()] as const
  let chunks = 0
  const begin = (at: number) => newDraft(source, at, rooms[chunks++ % 2 === 0 ? 0 : 1])
  let draft = begin(from)
  for await (const row of judgeRows(readStock(counted(), choices.shape), choices.mapping, options)) {
    lines += 1
    if (lines % LINES_A_TURN === 0) {
      await setImmediate()
      if (source.stop.aborted) return
    }
    if (lines <= from) continue
    addRow(draft, row)
    const chunkCdks = source.chunkCdks()
    const few = (draft.units.length + 1) * perLine <= chunkCdks && draft.faulty.length < chunkCdks
    if (few && draft.chars.held < CHUNK_CHARS) continue
    yield chunkOf(draft, source, lines, bytesDone)
    draft = begin(lines)
  }
  if (lines > draft.from) yield chunkOf(draft, source, lines, bytesDone)
}

interface Draft {
  readonly chars: { held: number }
  readonly from: number
  readonly faulty: FaultyLine[]
  readonly units: SeatedUnit[]
  readonly twice: boolean[]
  readonly sealer: ReturnType<typeof createChunkSealer> | null
}

function newDraft({ vault, target }: ChunkSource, at: number, room: SealedChunk): Draft {
  const sealer = target && createChunkSealer(vault, target, new Date(), room)
  return { from: at, chars: { held: 0 }, faulty: [], units: [], twice: [], sealer }
}

function addRow({ chars, faulty, units, twice, sealer }: Draft, row: JudgedRow): void {
  if (!('unit' in row)) {
    faulty.push({ line: row.line, verdict: row.verdict, column: row.column })
    return
  }
  const { secret, identity, expiresAt, costMinor, note } = row.unit
  const unit = { line: row.line, secret, identity, expiresAt, costMinor, note, fingerprint: row.fingerprint }
  chars.held += secret.length + identity.length + (note?.length ?? 0)
  units.push(unit)
  twice.push(row.verdict === 'perhaps-twice')
  sealer?.add(unit)
}

function chunkOf(
  { from, faulty, units, twice, sealer }: Draft,
  { dryRun }: ChunkSource,
  to: number,
  bytesDone: number,
): Chunk {
  return { from, to, bytesDone, faulty, units, twice, sealed: sealer?.sealed ?? null, dryRun }
}
