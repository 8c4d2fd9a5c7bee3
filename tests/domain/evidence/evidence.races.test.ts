import { expect, test } from 'vitest'
import { dropEvidence, finishEvidence, receivePart, recordPart } from '@/lib/domain/evidence'
import { newFileKey } from '@/lib/infra/files'
import { Refusal } from '@/lib/kernel/refusal'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { announced, evidenceLab, inPieces } from '@/tests/support/evidence'
import { NOW } from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'
import { PNG } from '@/tests/support/proofs'
import type { InTransaction } from '@/lib/domain/tx'

const { tools } = evidenceLab()
const within =
  (tx: Parameters<Parameters<InTransaction>[0]>[0]): InTransaction =>
  (work) =>
    work(tx)

test('two tabs send the same part: one is written, the other told where to go on', async () => {
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, 1_000_000)
  const [one, other] = await raceTwice((tx) =>
    recordPart(tx, { fileId, offset: 0, fileKey: newFileKey('evidence'), byteCount: 400_000 }, NOW),
  )
  expect(one.status).toBe('fulfilled')
  expect(other).toMatchObject({ status: 'rejected', reason: new Refusal('evidence/offset', { offset: 400_000 }) })
  expect(await db.evidencePart.count({ where: { fileId } })).toBe(1)
})

test('a part comes while its upload is given up: no row is left behind', async () => {
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, 1_000_000)
  const part = { fileId, offset: 0, fileKey: newFileKey('evidence'), byteCount: 400_000 }
  const [kept, dropped] = await race(
    (tx) => recordPart(tx, part, NOW),
    (tx) => dropEvidence(tx, fileId),
  )
  expect(kept.status).toBe('fulfilled')
  expect(dropped).toMatchObject({ status: 'fulfilled', value: [part.fileKey] })
  expect(await db.evidencePart.count({ where: { fileId } })).toBe(0)
})

test('request and sweeper finish one file: it stands in the chain once', async () => {
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, PNG.length)
  const down = { ...tools, scan: () => Promise.resolve('unavailable' as const) }
  await receivePart(down, { fileId, offset: 0, bytes: inPieces([PNG]) }, NOW)
  const [one, other] = await raceTwice((tx) => finishEvidence({ ...tools, run: within(tx) }, fileId, NOW))
  expect([one, other]).toMatchObject([{ value: { state: 'READY' } }, { value: { state: 'READY' } }])
  expect(await db.caseEntry.count({ where: { complaintId, type: 'evidence' } })).toBe(1)
})
