import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { StoredPart } from './evidence-tools'

/**
 * Names a stored part of an unfinished file. The guard stands in the UPDATE: of two that send the same part one is written, the other is
 * refused `evidence/offset` with where to go on (`offset`), as is a part out of turn. The caller then drops what it stored. Refuses `evidence/gone` once
 * the file is refused or dropped.
 */
export async function recordPart(
  tx: Tx,
  { fileId, offset, fileKey, byteCount }: StoredPart & { readonly fileId: string; readonly offset: number },
  now: Date,
): Promise<void> {
  const [file] = await tx.evidenceFile.updateManyAndReturn({
    where: { id: fileId, state: 'UPLOADING', receivedBytes: offset },
    data: { receivedBytes: offset + byteCount, touchedAt: now },
    select: { merchantId: true },
  })
  if (file) {
    await tx.evidencePart.create({ data: { fileId, offset, merchantId: file.merchantId, fileKey, byteCount } })
    return
  }
  const present = await tx.evidenceFile.findUnique({
    where: { id: fileId },
    select: { state: true, receivedBytes: true },
  })
  if (!present || present.state === 'REFUSED' || present.state === 'DROPPED') throw new Refusal('evidence/gone')
  throw new Refusal('evidence/offset', { offset: present.receivedBytes })
}
