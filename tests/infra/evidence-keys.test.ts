import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { PART_BYTES, evidenceBytes, openEvidence, receivePart } from '@/lib/domain/evidence'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { rewrapKeys } from '@/lib/infra/rotate-master-key'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { aVideo, evidenceLab, inPieces } from '@/tests/support/evidence'
import { BUYER, NOW, run } from '@/tests/support/factories'

const lab = evidenceLab()

test('the master key rotates in the middle of an upload: the file opens with the new one alone', async () => {
  const { complaintId } = await anOpenCase()
  const keys = new Map<number, Uint8Array>([[1, new Uint8Array(randomBytes(32))]])
  let current = 1
  const vault = createCdkVault(
    { current: () => current, find: (version: number) => keys.get(version) ?? null },
    new Uint8Array(randomBytes(32)),
  )
  const tools = { ...lab.tools, vault }
  const byteCount = PART_BYTES + 500
  const file = { complaintId, side: 'BUYER', kind: 'ACTIVATION_RECORDING', fileName: 'a.mp4', byteCount } as const
  const fileId = await run((tx) => openEvidence(tx, vault, file, BUYER, NOW))
  await receivePart(tools, { fileId, offset: 0, bytes: inPieces(aVideo(byteCount, 0, PART_BYTES)) }, NOW)
  keys.set(2, new Uint8Array(randomBytes(32)))
  current = 2
  // What other tables hold is under another vault's key.
  await db.stockBatch.updateMany({ data: { masterKeyVersion: 2 } })
  expect(await rewrapKeys(db, vault, 2)).toBe(1)
  const wrappingKey2 = createCdkVault(
    { current: () => 2, find: (version: number) => (version === 2 ? (keys.get(2) ?? null) : null) },
    new Uint8Array(randomBytes(32)),
  )
  const later = { ...tools, vault: wrappingKey2 }
  const bytes = inPieces(aVideo(byteCount, PART_BYTES, byteCount))
  expect(await receivePart(later, { fileId, offset: PART_BYTES, bytes }, NOW)).toMatchObject({ state: 'READY' })
  const stored = await db.evidenceFile.findUniqueOrThrow({
    where: { id: fileId },
    include: { parts: { orderBy: { offset: 'asc' } } },
  })
  expect(stored.masterKeyVersion).toBe(2)
  const pieces: Uint8Array[] = []
  for await (const piece of evidenceBytes(later, stored)) pieces.push(piece)
  expect(Buffer.concat(pieces).equals(Buffer.concat([...aVideo(byteCount)]))).toBe(true)
})
