import { Refusal } from '@/lib/kernel/refusal'
import type { EvidenceTools } from './evidence-tools'
import { endEvidence, finishEvidence } from './finish-evidence'
import { EVIDENCE_FIGURES, LEAST_PART_BYTES, PART_BYTES } from './limits'
import { HEAD_BYTES } from './one-format'
import { type EvidenceProgress, requireProgress } from './progress'
import { recordPart } from './record-part'

export interface PartInput {
  readonly fileId: string
  /** Where the part begins in the whole. */
  readonly offset: number
  readonly bytes: AsyncIterable<Uint8Array>
}

/**
 * Takes the next part of a file, to the disk and then to its row, and finishes the file with the last one. A part that is here already is
 * answered as done without being read, so a lost answer costs nothing; so is an empty part behind the last one. What is no allowed type is
 * refused at its first bytes. Refuses `evidence/offset` (`offset`: where to go on), `evidence/part-too-large`, `input/invalid` for a part that is too
 * small, `evidence/too-large` for more than was announced (the file is refused for good), and what `requireProgress` refuses.
 */
export async function receivePart(
  tools: EvidenceTools,
  { fileId, offset, bytes }: PartInput,
  now: Date,
): Promise<EvidenceProgress> {
  const { run, vault, store } = tools
  const progress = await run((tx) => requireProgress(tx, fileId))
  const { byteCount, wrappedKey, masterKeyVersion } = await run((tx) =>
    tx.evidenceFile.findUniqueOrThrow({ where: { id: fileId } }),
  )
  if (progress.state === 'READY') return progress
  if (offset === progress.offset && offset === byteCount) return finishEvidence(tools, fileId, now)
  if (offset !== progress.offset) {
    const here = await run((tx) => tx.evidencePart.count({ where: { fileId, offset } }))
    if (here > 0) return progress
    throw new Refusal('evidence/offset', { offset: progress.offset })
  }
  const left = byteCount - offset
  const key = vault.openBatchKey(wrappedKey, masterKeyVersion)
  const looked = offset === 0 ? lookedAt(tools, bytes, byteCount) : bytes
  const part = await store.put(key, looked, Math.min(PART_BYTES, left)).catch(async (error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'evidence/type') await endEvidence(tools, fileId, 'type')
    if (error.code !== 'evidence/part-too-large' || left > PART_BYTES) throw error
    await endEvidence(tools, fileId, 'too-large')
    throw new Refusal('evidence/too-large', EVIDENCE_FIGURES)
  })
  try {
    if (part.byteCount < Math.min(LEAST_PART_BYTES, left)) throw new Refusal('input/invalid')
    await run((tx) => recordPart(tx, { fileId, offset, ...part }, now))
  } catch (error) {
    await store.drop(part.fileKey)
    throw error
  }
  return part.byteCount === left
    ? finishEvidence(tools, fileId, now)
    : { offset: offset + part.byteCount, state: 'UPLOADING' }
}

/** The same bytes, once the first of them are of an allowed type. */
async function* lookedAt(
  { sniff }: Pick<EvidenceTools, 'sniff'>,
  bytes: AsyncIterable<Uint8Array>,
  byteCount: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array | null = new Uint8Array()
  for await (const piece of bytes) {
    if (held === null) {
      yield piece
      continue
    }
    held = Buffer.concat([held, piece])
    if (held.length < Math.min(HEAD_BYTES, byteCount)) continue
    if ((await sniff(held.subarray(0, HEAD_BYTES))) === null) throw new Refusal('evidence/type')
    yield held
    held = null
  }
  if (held !== null) yield held
}
