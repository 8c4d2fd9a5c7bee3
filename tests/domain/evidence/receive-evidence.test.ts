import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  type EvidenceTools,
  LEAST_PART_BYTES,
  MOST_FILES,
  PART_BYTES,
  dropEvidence,
  evidenceBytes,
  finishEvidence,
  receivePart,
  requireProgress,
  sweepEvidence,
  sweepLostParts,
} from '@/lib/domain/evidence'
import { newFileKey } from '@/lib/infra/files'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { aVideo, announced, evidenceLab, inPieces, sent } from '@/tests/support/evidence'
import { NOW, run } from '@/tests/support/factories'
import { PDF, PNG } from '@/tests/support/proofs'

const { tools, files } = evidenceLab()
const MIB = 1024 * 1024
const fail = (error: unknown) => {
  throw error
}

async function refused(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => 'not refused',
    (reason: unknown) => reason,
  )
  return error instanceof Refusal ? error.code : String(error)
}

async function stored(id: string): Promise<Buffer> {
  const file = await db.evidenceFile.findUniqueOrThrow({ where: { id }, include: { parts: true } })
  const pieces: Uint8Array[] = []
  for await (const piece of evidenceBytes(tools, file)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const partsOf = (fileId: string) => db.evidencePart.findMany({ where: { fileId }, orderBy: { offset: 'asc' } })

test('a picture is READY with its type and hash, and stands in the chain of its case', async () => {
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, PNG.length, { kind: 'ISSUER_MESSAGE', fileName: 'shot.png' })
  expect(await sent(tools, fileId, PNG)).toEqual({ offset: PNG.length, state: 'READY' })
  const sha256 = createHash('sha256').update(PNG).digest('hex')
  const entry = await db.caseEntry.findFirstOrThrow({ where: { complaintId, type: 'evidence' } })
  expect(entry.body).toEqual({
    fileId,
    fileName: 'shot.png',
    kind: 'ISSUER_MESSAGE',
    contentType: 'image/png',
    byteCount: PNG.length,
    sha256,
  })
  expect(entry).toMatchObject({ seq: 1, actorKind: 'BUYER', actorId: null })
  expect((await stored(fileId)).equals(Buffer.from(PNG))).toBe(true)
})

test('a video of 120 MB goes through in parts, and any range of it opens only its parts', async () => {
  const byteCount = 120 * MIB + 7
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, byteCount)
  let progress = { offset: 0, state: 'UPLOADING' }
  while (progress.state === 'UPLOADING') {
    const { offset } = progress
    const bytes = inPieces(aVideo(byteCount, offset, Math.min(byteCount, offset + PART_BYTES)))
    progress = await receivePart(tools, { fileId, offset, bytes }, NOW)
  }
  const hash = createHash('sha256')
  for (const piece of aVideo(byteCount)) hash.update(piece)
  const file = await db.evidenceFile.findUniqueOrThrow({
    where: { id: fileId },
    include: { parts: { orderBy: { offset: 'asc' } } },
  })
  expect(file).toMatchObject({ state: 'READY', contentType: 'video/mp4' })
  expect(Buffer.from(file.sha256 ?? []).toString('hex')).toBe(hash.digest('hex'))
  expect(file.parts).toHaveLength(31)
  const opened: string[] = []
  const watched: Pick<EvidenceTools, 'vault' | 'store'> = {
    vault: tools.vault,
    store: {
      ...tools.store,
      read(key, fileKey) {
        opened.push(fileKey)
        return tools.store.read(key, fileKey)
      },
    },
  }
  const [from, to] = [3 * PART_BYTES - 5, 3 * PART_BYTES + 5]
  const pieces: Uint8Array[] = []
  for await (const piece of evidenceBytes(watched, file, { from, to })) pieces.push(piece)
  expect(Buffer.concat(pieces)).toEqual(Buffer.concat([...aVideo(byteCount, from, to)]))
  expect(opened).toEqual(file.parts.slice(2, 4).map(({ fileKey }) => fileKey))
})

test('a lost answer costs nothing: a part sent twice is done, one out of turn is told where to go on', async () => {
  const byteCount = PART_BYTES + 100
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, byteCount)
  const part = (from: number, to: number) => ({ fileId, offset: from, bytes: inPieces(aVideo(byteCount, from, to)) })
  await receivePart(tools, part(0, PART_BYTES), NOW)
  const [first] = await partsOf(fileId)
  expect(await receivePart(tools, part(0, PART_BYTES), NOW)).toEqual({ offset: PART_BYTES, state: 'UPLOADING' })
  expect(await partsOf(fileId)).toEqual([first])
  for (const offset of [50, PART_BYTES + 50]) {
    await expect(receivePart(tools, part(offset, byteCount), NOW)).rejects.toEqual(
      new Refusal('evidence/offset', { offset: PART_BYTES }),
    )
  }
  expect(await receivePart(tools, part(PART_BYTES, byteCount), NOW)).toMatchObject({ state: 'READY' })
  // The last answer was lost: sent again, or asked for with nothing.
  expect(await receivePart(tools, part(PART_BYTES, byteCount), NOW)).toMatchObject({ state: 'READY' })
  expect(await receivePart(tools, part(byteCount, byteCount), NOW)).toMatchObject({ state: 'READY' })
  expect(await db.caseEntry.count({ where: { complaintId, type: 'evidence' } })).toBe(1)
})

test('a body that breaks off, is too small or too large leaves nothing of its part', async () => {
  const byteCount = 2 * PART_BYTES
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, byteCount)
  const before = await files.listFiles('evidence')
  const broken = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    yield* inPieces(aVideo(byteCount, 0, MIB))
    throw new Error('the browser went away')
  }
  await expect(receivePart(tools, { fileId, offset: 0, bytes: broken() }, NOW)).rejects.toThrow()
  const send = (to: number) => receivePart(tools, { fileId, offset: 0, bytes: inPieces(aVideo(byteCount, 0, to)) }, NOW)
  expect(await refused(send(LEAST_PART_BYTES - 1))).toBe('input/invalid')
  expect(await refused(send(0))).toBe('input/invalid')
  expect(await refused(send(PART_BYTES + 1))).toBe('evidence/part-too-large')
  expect(await run((tx) => requireProgress(tx, fileId))).toEqual({ offset: 0, state: 'UPLOADING' })
  expect(await files.listFiles('evidence')).toEqual(before)
})

test('more than was announced is refused for good, and its bytes are gone', async () => {
  const byteCount = PART_BYTES + 1_000
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, byteCount)
  const first = { fileId, offset: 0, bytes: inPieces(aVideo(byteCount, 0, PART_BYTES)) }
  await receivePart(tools, first, NOW)
  const [part] = await partsOf(fileId)
  let taken = 0
  const endless = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for (; ; taken += 64 * 1024) yield await Promise.resolve(new Uint8Array(64 * 1024))
  }
  expect(await refused(receivePart(tools, { fileId, offset: PART_BYTES, bytes: endless() }, NOW))).toBe(
    'evidence/too-large',
  )
  expect(taken).toBeLessThan(2 * MIB)
  expect(await db.evidenceFile.findUnique({ where: { id: fileId } })).toMatchObject({
    state: 'REFUSED',
    refusal: 'too-large',
  })
  expect(await files.listFiles('evidence')).not.toContain(part?.fileKey)
  expect(await partsOf(fileId)).toEqual([])
})

test('what is no allowed type is refused at its first bytes, what is two at once at its end', async () => {
  const { complaintId } = await anOpenCase()
  const before = await files.listFiles('evidence')
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const zipEnd = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)])
  const gif = Buffer.from('GIF89a/*\0\0\0\0\0*/=1;alert(1)//', 'latin1')
  const wrong: [string, Uint8Array][] = [
    ['evil.svg', Buffer.from(svg)],
    ['evil.png', Buffer.from(`<?xml version="1.0"?>${svg}`)],
    ['page.png', Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(6_000))],
    ['setup.mp4', Buffer.concat([Buffer.from('MZ\u0090\0', 'latin1'), Buffer.alloc(200_000)])],
    ['a.mp4', Buffer.concat([Buffer.from('\u007fELF', 'latin1'), Buffer.alloc(6_000)])],
    ['both.png', Buffer.concat([PNG, zipEnd])],
    ['both.pdf', Buffer.concat([PDF, zipEnd])],
    ['page-behind.png', Buffer.concat([PNG, Buffer.from('<script>alert(1)</script>')])],
    ['cut.pdf', PDF.subarray(0, 20)],
    ['pdf-in.png', Buffer.concat([PNG, PDF])],
    ['script.gif', gif],
    [
      'junk.mp4',
      Buffer.concat([Buffer.from([...aVideo(32)].flatMap((piece) => [...piece])), Buffer.alloc(100)]).fill('x', 24, 32),
    ],
  ]
  for (const [fileName, bytes] of wrong) {
    const fileId = await announced(complaintId, bytes.length, { fileName })
    expect(await refused(sent(tools, fileId, bytes)), fileName).toBe('evidence/type')
    expect(await db.evidenceFile.findUnique({ where: { id: fileId } }), fileName).toMatchObject({
      state: 'REFUSED',
      refusal: 'type',
    })
    expect(await refused(run((tx) => requireProgress(tx, fileId)))).toBe('evidence/type')
  }
  expect(await files.listFiles('evidence')).toEqual(before)
  expect(await db.caseEntry.count({ where: { complaintId } })).toBe(1)
})

test('a picture above 20 MB is refused though a video may be larger', async () => {
  const { complaintId } = await anOpenCase()
  const bytes = Buffer.concat([PNG, Buffer.alloc(20 * MIB)])
  const fileId = await announced(complaintId, bytes.length, { fileName: 'big.png' })
  expect(await refused(sent(tools, fileId, bytes))).toBe('evidence/too-large')
})

test('limits are by side and case: 5 GB, empty, three unfinished, 500 MB, twenty files', async () => {
  const { complaintId } = await anOpenCase()
  expect(await refused(announced(complaintId, 5 * 1024 * MIB))).toBe('evidence/too-large')
  expect(await refused(announced(complaintId, 0))).toBe('evidence/empty')
  const ids = [1, 2, 3].map(() => announced(complaintId, PNG.length))
  expect(await refused(Promise.all(ids).then(() => announced(complaintId, 10)))).toBe('evidence/unfinished')
  expect(await announced(complaintId, 10, { side: 'MERCHANT' })).toBeTruthy()
  const [first = '', ...others] = await Promise.all(ids)
  await run((tx) => dropEvidence(tx, first))
  expect(await refused(run((tx) => requireProgress(tx, first)))).toBe('evidence/gone')
  for (const id of others) await sent(tools, id, PNG)
  const of = { complaintId, side: 'BUYER' } as const
  await db.evidenceFile.updateMany({
    where: { ...of, id: others[0] ?? '' },
    data: { byteCount: 199 * MIB, receivedBytes: 199 * MIB },
  })
  await db.evidenceFile.updateMany({
    where: { ...of, id: others[1] ?? '' },
    data: { byteCount: 199 * MIB, receivedBytes: 199 * MIB },
  })
  expect(await refused(announced(complaintId, 103 * MIB))).toBe('evidence/too-much')
  for (let count = 2; count < MOST_FILES; count += 1) await sent(tools, await announced(complaintId, PNG.length), PNG)
  expect(await refused(announced(complaintId, 10))).toBe('evidence/too-many')
})

test('a case that is closed takes no more, also not what was on its way', async () => {
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, PNG.length)
  await db.complaint.update({
    where: { id: complaintId },
    data: { state: 'CLOSED', outcome: 'WITHDRAWN', closedAt: NOW, dueAt: null, holds: false },
  })
  expect(await refused(announced(complaintId, 10))).toBe('evidence/closed')
  expect(await refused(sent(tools, fileId, PNG))).toBe('evidence/closed')
  expect(await db.evidenceFile.findUnique({ where: { id: fileId } })).toMatchObject({ refusal: 'closed' })
})

test('a name is only shown: no folder, no line break, nothing that turns the writing around', async () => {
  const { complaintId } = await anOpenCase()
  const names: [string, string][] = [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\截图.png', '截图.png'],
    ['a\r\nSet-Cookie: b.png', 'aSet-Cookie: b.png'],
    ['cod\u202Egpj.exe', 'codgpj.exe'],
    ['..', 'file'],
    ['', 'file'],
    [`${'长'.repeat(300)}.mp4`, `${'长'.repeat(116)}.mp4`],
  ]
  for (const [fileName, shown] of names) {
    const id = await announced(complaintId, 10, { fileName })
    expect(await db.evidenceFile.findUnique({ where: { id } })).toMatchObject({ fileName: shown })
    await run((tx) => dropEvidence(tx, id))
  }
})

test('an upload that nobody goes on with for a day is let go; a part without a row too', async () => {
  const byteCount = 2 * PART_BYTES
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, byteCount)
  await receivePart(tools, { fileId, offset: 0, bytes: inPieces(aVideo(byteCount, 0, PART_BYTES)) }, NOW)
  const [part] = await partsOf(fileId)
  await sweepEvidence(tools, after(NOW, 23 * HOUR_MS), fail)
  expect(await run((tx) => requireProgress(tx, fileId))).toMatchObject({ offset: PART_BYTES })
  expect(await sweepEvidence(tools, after(NOW, 25 * HOUR_MS), fail)).toMatchObject({ dropped: 1 })
  expect(await db.evidenceFile.findUnique({ where: { id: fileId } })).toMatchObject({ state: 'DROPPED' })
  expect(await files.listFiles('evidence')).not.toContain(part?.fileKey)
  const late = { fileId, offset: PART_BYTES, bytes: inPieces(aVideo(byteCount, PART_BYTES, byteCount)) }
  expect(await refused(receivePart(tools, late, NOW))).toBe('evidence/gone')

  // Killed between file and row.
  const kept = await announced(complaintId, PNG.length)
  await sent(tools, kept, PNG)
  const orphan = newFileKey('evidence')
  await files.putFile(inPieces([PNG]), { key: orphan, seal: new Uint8Array(32), most: 1_000 })
  await sweepLostParts(tools, new Date())
  expect(await files.listFiles('evidence')).toContain(orphan)
  expect(await sweepLostParts(tools, after(new Date(), DAY_MS + MINUTE_MS))).toBe(1)
  expect(await files.listFiles('evidence')).not.toContain(orphan)
  expect((await stored(kept)).equals(Buffer.from(PNG))).toBe(true)
})

test('nothing is READY that the scanner has not seen: it waits, is tried again, and ends after a day', async () => {
  const { complaintId } = await anOpenCase()
  const down: EvidenceTools = { ...tools, scan: () => Promise.resolve('unavailable') }
  const [waiting, given] = [await announced(complaintId, PNG.length), await announced(complaintId, PNG.length)]
  for (const id of [waiting, given]) {
    expect(await sent(down, id, PNG)).toEqual({ offset: PNG.length, state: 'UPLOADING' })
  }
  expect(await sweepEvidence(down, after(NOW, 2 * MINUTE_MS), fail)).toMatchObject({ finished: 0, waiting: 2 })
  expect(await finishEvidence(tools, waiting, after(NOW, HOUR_MS))).toMatchObject({ state: 'READY' })
  await sweepEvidence(down, after(NOW, 25 * HOUR_MS), fail)
  expect(await refused(run((tx) => requireProgress(tx, given)))).toBe('evidence/unscanned')
  expect(await partsOf(given)).toEqual([])
  const infected: EvidenceTools = { ...tools, scan: () => Promise.resolve('infected') }
  const third = await announced(complaintId, PNG.length)
  expect(await refused(sent(infected, third, PNG))).toBe('evidence/infected')
  expect(await partsOf(third)).toEqual([])
  expect(await db.caseEntry.count({ where: { complaintId, type: 'evidence' } })).toBe(1)
})

test('a whole file whose request was cut off is finished by the sweeper', async () => {
  const { complaintId } = await anOpenCase()
  const fileId = await announced(complaintId, PNG.length)
  const cut: EvidenceTools = { ...tools, scan: () => Promise.reject(new Error('killed')) }
  await expect(sent(cut, fileId, PNG)).rejects.toThrow('killed')
  expect(await sweepEvidence(tools, after(NOW, 30_000), fail)).toMatchObject({ finished: 0 })
  expect(await sweepEvidence(tools, after(NOW, 2 * MINUTE_MS), fail)).toMatchObject({ finished: 1 })
  expect(await run((tx) => requireProgress(tx, fileId))).toMatchObject({ state: 'READY' })
})
