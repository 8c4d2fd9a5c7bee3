import type { Tx } from '@/lib/domain/tx'

/** Why a file is not kept: `closed`, its case ended meanwhile; `unscanned`, the scanner did not answer for a day. Texts: `evidence/<reason>`. */
export const EVIDENCE_REFUSALS = ['type', 'too-large', 'infected', 'unscanned', 'closed'] as const
export type EvidenceRefusal = (typeof EVIDENCE_REFUSALS)[number]

/**
 * Ends an unfinished file for good and returns the names of its parts, for the caller to delete once this is committed (what a crash leaves
 * is swept). Nothing when it is not unfinished any more: of two that end it one does.
 */
export async function refuseEvidence(tx: Tx, fileId: string, refusal: EvidenceRefusal): Promise<string[]> {
  const { count } = await tx.evidenceFile.updateMany({
    where: { id: fileId, state: 'UPLOADING' },
    data: { state: 'REFUSED', refusal },
  })
  return count === 0 ? [] : takeParts(tx, [fileId])
}

/** Gives up an unfinished file; see `refuseEvidence`. */
export async function dropEvidence(tx: Tx, fileId: string): Promise<string[]> {
  const { count } = await tx.evidenceFile.updateMany({
    where: { id: fileId, state: 'UPLOADING' },
    data: { state: 'DROPPED' },
  })
  return count === 0 ? [] : takeParts(tx, [fileId])
}

/** Deletes the rows of parts and returns their names. */
export async function takeParts(tx: Tx, fileIds: readonly string[]): Promise<string[]> {
  const where = { fileId: { in: [...fileIds] } }
  const parts = await tx.evidencePart.findMany({ where, select: { fileKey: true } })
  await tx.evidencePart.deleteMany({ where })
  return parts.map(({ fileKey }) => fileKey)
}
