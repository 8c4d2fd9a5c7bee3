import { type EvidenceKind } from '@/lib/domain/complaints'
import type { Actor } from '@/lib/domain/actor'
import type { CdkVault } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { CaseSide } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { EVIDENCE_FIGURES, MOST_BYTES_A_SIDE, MOST_FILES, MOST_UNFINISHED, MOST_VIDEO_BYTES } from './limits'
import { shownName } from './shown-name'

export interface AnnouncedEvidence {
  readonly complaintId: string
  /** On which side the actor stands; the edge has looked. */
  readonly side: CaseSide
  readonly kind: EvidenceKind
  /** As the uploader's computer calls it. */
  readonly fileName: string
  readonly byteCount: number
}

/**
 * Makes room for a file of a case, under a data key of its own, and returns its id; its parts follow (`receivePart`). Two of one case
 * come one after the other, so the limits hold. Refuses `access/not-found`, `evidence/closed`, `evidence/empty`, `evidence/too-large` (over 200 MB, whatever it is),
 * and, counted by side, `evidence/too-many`, `evidence/too-much`, `evidence/unfinished`.
 */
export async function openEvidence(
  tx: Tx,
  vault: Pick<CdkVault, 'newBatchKey'>,
  { complaintId, side, kind, fileName, byteCount }: AnnouncedEvidence,
  actor: Actor,
  now: Date,
): Promise<string> {
  if (byteCount < 1) throw new Refusal('evidence/empty')
  if (byteCount > MOST_VIDEO_BYTES) throw new Refusal('evidence/too-large', EVIDENCE_FIGURES)
  const merchantId = await lockOpenCase(tx, complaintId)
  await requireRoom(tx, { complaintId, side, byteCount })
  const { wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const id = newId()
  await tx.evidenceFile.create({
    data: {
      id,
      merchantId,
      complaintId,
      side,
      uploadedById: actor.id,
      kind,
      fileName: shownName(fileName),
      byteCount,
      wrappedKey,
      masterKeyVersion,
      state: 'UPLOADING',
      createdAt: now,
      touchedAt: now,
    },
  })
  return id
}

const Case = z.object({ merchantId: z.string(), closed: z.boolean() })

/** Only the case's own row: nothing happens in the case until the file is whole. */
async function lockOpenCase(tx: Tx, complaintId: string): Promise<string> {
  const [found] = await selectRows(
    tx,
    Case,
    sql`SELECT "merchantId", state = 'CLOSED' AS closed FROM complaint WHERE id = ${complaintId}::uuid FOR NO KEY UPDATE`,
  )
  if (!found) throw new Refusal('access/not-found')
  if (found.closed) throw new Refusal('evidence/closed')
  return found.merchantId
}

async function requireRoom(
  tx: Tx,
  { complaintId, side, byteCount }: Pick<AnnouncedEvidence, 'complaintId' | 'side' | 'byteCount'>,
): Promise<void> {
  const kept = await tx.evidenceFile.groupBy({
    by: ['state'],
    where: { complaintId, side, state: { in: ['UPLOADING', 'READY'] } },
    _count: { id: true },
    _sum: { byteCount: true },
  })
  const files = kept.reduce((sum, { _count }) => sum + _count.id, 0)
  const bytes = kept.reduce((sum, { _sum }) => sum + (_sum.byteCount ?? 0), 0)
  const unfinished = kept.find(({ state }) => state === 'UPLOADING')?._count.id ?? 0
  if (files >= MOST_FILES) throw new Refusal('evidence/too-many', EVIDENCE_FIGURES)
  if (bytes + byteCount > MOST_BYTES_A_SIDE) throw new Refusal('evidence/too-much', EVIDENCE_FIGURES)
  if (unfinished >= MOST_UNFINISHED) throw new Refusal('evidence/unfinished', EVIDENCE_FIGURES)
}
