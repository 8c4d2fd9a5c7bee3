import { createHash } from 'node:crypto'
import { contentsOf } from '@/app/api/complaints/[id]/bundle/contents'
import { appendEntry } from '@/lib/domain/complaints'
import type { EvidenceStore } from '@/lib/domain/evidence'
import { streamCaseBundle } from '@/lib/infra/case-bundle'
import { FileError } from '@/lib/infra/files'
import { inSnapshot } from '@/lib/infra/snapshot'
import { newId } from '@/lib/kernel/ids'
import { findCaseBundle } from '@/lib/queries/case/bundle'
import { drain } from '@/tests/domain/sealing/a-sealed-mall'
import { type OpenCase, anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, NOW, run, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'

/** Originals by file key; the test store of `aBundleOf`. */
const stored = new Map<string, Uint8Array>()

/** A finished original of a case, in two parts, as the uploads leave it. */
export async function anOriginal(
  { complaintId, merchantId }: OpenCase,
  { fileName, bytes, lost = false }: { readonly fileName: string; readonly bytes: Uint8Array; readonly lost?: boolean },
): Promise<void> {
  const fileId = newId()
  const sha256 = createHash('sha256').update(bytes).digest()
  const { wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const half = Math.ceil(bytes.length / 2)
  const pieces = [bytes.subarray(0, half), bytes.subarray(half)].filter((piece) => piece.length > 0)
  await run(async (tx) => {
    await tx.evidenceFile.create({
      data: {
        id: fileId,
        merchantId,
        complaintId,
        side: 'BUYER',
        kind: 'ISSUER_MESSAGE',
        fileName,
        contentType: 'image/png',
        byteCount: bytes.length,
        receivedBytes: bytes.length,
        sha256,
        wrappedKey,
        masterKeyVersion,
        state: 'READY',
        createdAt: NOW,
        touchedAt: NOW,
        readyAt: NOW,
      },
    })
    let offset = 0
    for (const piece of pieces) {
      const fileKey = `evidence/${newId()}`
      if (!lost) stored.set(fileKey, piece)
      await tx.evidencePart.create({ data: { fileId, offset, merchantId, fileKey, byteCount: piece.length } })
      offset += piece.length
    }
    const body = { fileId, fileName, kind: 'ISSUER_MESSAGE', sha256: sha256.toString('hex') }
    await appendEntry(tx, complaintId, { type: 'evidence', actor: BUYER, body }, NOW)
  })
}

const store: EvidenceStore = {
  put: () => Promise.reject(new Error('nothing is stored here')),
  async *read(_key, fileKey) {
    const bytes = stored.get(fileKey)
    if (!bytes) throw new FileError('gone')
    yield await Promise.resolve(bytes)
  },
  drop: () => Promise.resolve(),
  list: () => Promise.resolve([]),
}

/** The bundle of a case as it stands, everything sealed. */
export async function aBundleOf(complaintId: string, now = NOW): Promise<Uint8Array<ArrayBuffer>> {
  await drain()
  const source = await inSnapshot(db, (tx) => findCaseBundle(tx, LOG_KEYS, complaintId, now))
  if (!source) throw new Error('there is no such case')
  const stream = streamCaseBundle(contentsOf(source, { vault, store }), () => undefined)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** A case with a statement, a withdrawn message and an original. */
export async function aTalkedCase(): Promise<OpenCase> {
  const opened = await anOpenCase({ quantity: 2, units: 1 })
  const { complaintId } = opened
  const say = (text: string) =>
    run((tx) => appendEntry(tx, complaintId, { type: 'message', actor: BUYER, body: { text } }, NOW))
  await say('<script>alert(1)</script> 请看附件。')
  const seq = await say('这一条撤回了。')
  await db.caseEntry.update({ where: { complaintId_seq: { complaintId, seq } }, data: { hiddenAt: NOW } })
  await anOriginal(opened, { fileName: '../../激活 提示.png', bytes: new TextEncoder().encode('picture '.repeat(40)) })
  return opened
}
