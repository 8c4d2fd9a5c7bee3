import { createHash } from 'node:crypto'
import type { Actor } from '@/lib/domain/actor'
import { appendEntry, lockCase } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import type { CaseSide } from '@/lib/infra/prisma/enums'
import { invariant } from '@/lib/kernel/invariant'
import { evidenceBytes } from './evidence-bytes'
import type { EvidenceTools, ScanVerdict } from './evidence-tools'
import { type EvidenceType, mostBytesOf } from './limits'
import { HEAD_BYTES, TAIL_BYTES, isOneFormat } from './one-format'
import { type EvidenceProgress, requireProgress } from './progress'
import { type EvidenceRefusal, refuseEvidence } from './refuse-evidence'

/**
 * Reads a whole upload once, hashes it, looks at what it is and lets the scanner see it; then it is READY and stands in the case's chain
 * (entry `evidence`), in one transaction. While the scanner is unavailable it stays UPLOADING and whole, and is taken up again. Of two
 * that finish one file one writes. What it may not be is refused for good with its bytes: `evidence/type`, `evidence/too-large`, `evidence/infected`,
 * and `evidence/closed` when the case ended meanwhile.
 */
export async function finishEvidence(tools: EvidenceTools, fileId: string, now: Date): Promise<EvidenceProgress> {
  const { run } = tools
  const file = await run((tx) => findWhole(tx, fileId))
  if (!file) return run((tx) => requireProgress(tx, fileId))
  const seen = await lookThrough(tools, file)
  if (seen.verdict === 'unavailable') return { offset: file.byteCount, state: 'UPLOADING' }
  const refusal = seen.verdict === 'infected' ? 'infected' : refusalOf(seen.contentType, file.byteCount)
  const written = refusal ?? (await run((tx) => keep(tx, file, seen, now)))
  if (written !== null) await endEvidence(tools, fileId, written)
  return run((tx) => requireProgress(tx, fileId))
}

/** Refuses a file and deletes its bytes. */
export async function endEvidence(
  { run, store }: Pick<EvidenceTools, 'run' | 'store'>,
  fileId: string,
  refusal: EvidenceRefusal,
): Promise<void> {
  for (const fileKey of await run((tx) => refuseEvidence(tx, fileId, refusal))) await store.drop(fileKey)
}

type WholeFile = NonNullable<Awaited<ReturnType<typeof findWhole>>>

/** With all its bytes here, and not finished. */
async function findWhole(tx: Tx, fileId: string) {
  const file = await tx.evidenceFile.findFirst({
    where: { id: fileId, state: 'UPLOADING' },
    include: { parts: { orderBy: { offset: 'asc' } } },
  })
  return file && file.receivedBytes === file.byteCount ? file : null
}

interface Seen {
  readonly verdict: ScanVerdict
  readonly sha256: Uint8Array<ArrayBuffer>
  readonly contentType: EvidenceType | null
}

/** One pass; of the bytes only beginning and end are held. */
async function lookThrough({ sniff, scan, ...tools }: EvidenceTools, file: WholeFile): Promise<Seen> {
  const hash = createHash('sha256')
  const [head, tail] = [Buffer.alloc(Math.min(HEAD_BYTES, file.byteCount)), new Tail()]
  let count = 0
  const passed = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of evidenceBytes(tools, file)) {
      hash.update(piece)
      if (count < head.length) head.set(piece.subarray(0, head.length - count), count)
      tail.push(piece)
      count += piece.length
      yield piece
    }
  }
  const verdict = await scan(passed())
  invariant(verdict !== 'clean' || count === file.byteCount, `evidence ${file.id} has all its bytes`)
  const type = verdict === 'clean' ? await sniff(head) : null
  const sound = type !== null && isOneFormat(type, head, tail.bytes(), file.byteCount)
  return { verdict, sha256: new Uint8Array(hash.digest()), contentType: sound ? type : null }
}

class Tail {
  #held: Uint8Array = new Uint8Array()

  push(piece: Uint8Array): void {
    this.#held = Buffer.concat([this.#held, piece]).subarray(-TAIL_BYTES)
  }

  bytes(): Uint8Array {
    return this.#held
  }
}

function refusalOf(type: EvidenceType | null, byteCount: number): EvidenceRefusal | null {
  if (type === null) return 'type'
  return byteCount > mostBytesOf(type) ? 'too-large' : null
}

/** Null once it is written, or was by another. */
async function keep(tx: Tx, file: WholeFile, seen: Seen, now: Date): Promise<EvidenceRefusal | null> {
  const { sha256, contentType } = seen
  const { id: fileId, complaintId, kind, fileName, byteCount } = file
  const { state } = await lockCase(tx, complaintId)
  if (state === 'CLOSED') return 'closed'
  const { count } = await tx.evidenceFile.updateMany({
    where: { id: fileId, state: 'UPLOADING', receivedBytes: byteCount },
    data: { state: 'READY', contentType, sha256, readyAt: now },
  })
  if (count === 0) return null
  const body = { fileId, fileName, kind, contentType, byteCount, sha256: Buffer.from(sha256).toString('hex') }
  await appendEntry(tx, complaintId, { type: 'evidence', actor: actorOf(file), body }, now)
  return null
}

const ACTOR_KIND = { BUYER: 'BUYER', MERCHANT: 'MERCHANT', STAFF: 'ARBITRATOR' } as const satisfies Record<
  CaseSide,
  Actor['kind']
>

/** Who uploaded it, whoever finishes it. */
function actorOf({ side, uploadedById }: Pick<WholeFile, 'side' | 'uploadedById'>): Actor {
  return { kind: ACTOR_KIND[side], id: uploadedById }
}
