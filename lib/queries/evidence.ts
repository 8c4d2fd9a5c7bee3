import type { CaseSide } from '@/lib/infra/prisma/enums'
import type { Tx } from '@/lib/domain/tx'

/** A file of a case that is there to be looked at, with where its bytes lie; null for unfinished and refused ones. Who asks is looked at by its case. */
export async function findEvidence(db: Tx, id: string) {
  const file = await db.evidenceFile.findFirst({
    where: { id, state: 'READY' },
    select: {
      complaintId: true,
      fileName: true,
      contentType: true,
      byteCount: true,
      sha256: true,
      wrappedKey: true,
      masterKeyVersion: true,
      parts: { select: { offset: true, byteCount: true, fileKey: true }, orderBy: { offset: 'asc' } },
    },
  })
  if (!file || file.contentType === null || file.sha256 === null) return null
  return { ...file, contentType: file.contentType, sha256: Buffer.from(file.sha256).toString('hex') }
}

/** Whose upload a file is: only that side goes on with it. */
export async function findUploadSide(
  db: Tx,
  id: string,
): Promise<{ readonly complaintId: string; readonly side: CaseSide } | null> {
  return db.evidenceFile.findUnique({ where: { id }, select: { complaintId: true, side: true } })
}

/** A side's uploads that are not finished, the oldest first: a page that was loaded again goes on with them. */
export async function listUploads(db: Tx, complaintId: string, side: CaseSide) {
  const files = await db.evidenceFile.findMany({
    where: { complaintId, side, state: 'UPLOADING' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, fileName: true, kind: true, byteCount: true, receivedBytes: true },
  })
  return files.map(({ receivedBytes: offset, ...file }) => ({ ...file, offset }))
}
