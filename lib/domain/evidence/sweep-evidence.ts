import type { OnSweepError } from '@/lib/domain/orders'
import { Refusal } from '@/lib/kernel/refusal'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { dropOldEvidence, partsWithoutRow } from './drop-old-evidence'
import type { EvidenceTools } from './evidence-tools'
import { finishEvidence } from './finish-evidence'

/** A whole file that nobody finished: its request was cut off, or the scanner did not answer. */
const WAITS_MS = MINUTE_MS
const AT_ONCE = 10
/** So old is a part that no row names when it is deleted: an upload in the middle is younger. */
const ORPHAN_MS = 24 * HOUR_MS
const KEYS_AT_ONCE = 5_000

export interface EvidenceSweep {
  finished: number
  /** Whole, and still without the scanner's answer. */
  waiting: number
  refused: number
  /** Bytes that were let go. */
  dropped: number
}

/**
 * Finishes whole uploads that were left, lets go of those that never came to an end, and deletes their bytes. Anything that fails is told to
 * `onError` and tried again at the next turn; after a day `dropOldEvidence` ends it.
 */
export async function sweepEvidence(tools: EvidenceTools, now: Date, onError: OnSweepError): Promise<EvidenceSweep> {
  const { run, store } = tools
  const report: EvidenceSweep = { finished: 0, waiting: 0, refused: 0, dropped: 0 }
  for (let keys = await run((tx) => dropOldEvidence(tx, now)); keys.length > 0;) {
    for (const key of keys) await store.drop(key)
    report.dropped += keys.length
    keys = await run((tx) => dropOldEvidence(tx, now))
  }
  for (const fileId of await wholeOnes(tools, now)) {
    try {
      const { state } = await finishEvidence(tools, fileId, now)
      if (state === 'READY') report.finished += 1
      else report.waiting += 1
    } catch (error) {
      if (error instanceof Refusal) report.refused += 1
      else onError(error, `evidence ${fileId}`)
    }
  }
  return report
}

/** Deletes parts that a crash left without a row, a day later. Returns how many. */
export async function sweepLostParts({ run, store }: EvidenceTools, now: Date): Promise<number> {
  const old = await store.list(after(now, -ORPHAN_MS))
  let lost = 0
  for (let at = 0; at < old.length; at += KEYS_AT_ONCE) {
    const some = old.slice(at, at + KEYS_AT_ONCE)
    for (const key of await run((tx) => partsWithoutRow(tx, some))) {
      await store.drop(key)
      lost += 1
    }
  }
  return lost
}

async function wholeOnes({ run }: EvidenceTools, now: Date): Promise<string[]> {
  const rows = await run((tx) =>
    tx.evidenceFile.findMany({
      where: {
        state: 'UPLOADING',
        receivedBytes: { equals: tx.evidenceFile.fields.byteCount },
        touchedAt: { lt: after(now, -WAITS_MS) },
      },
      orderBy: { touchedAt: 'asc' },
      take: AT_ONCE,
      select: { id: true },
    }),
  )
  return rows.map(({ id }) => id)
}
