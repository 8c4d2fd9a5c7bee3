import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import {
  type AnnouncedEvidence,
  type EvidenceProgress,
  type EvidenceTools,
  PART_BYTES,
  type ScanEvidence,
  openEvidence,
  receivePart,
} from '@/lib/domain/evidence'
import { evidenceStore, sniffEvidence } from '@/lib/infra/evidence'
import { scannerOf } from '@/lib/infra/evidence-scanner'
import { type FileStore, createFileStore } from '@/lib/infra/files'
import { BUYER, NOW, run, vault } from './factories'

export interface EvidenceLab {
  readonly tools: EvidenceTools
  readonly files: FileStore
  readonly folder: string
}

/** Where this file's tests keep evidence; `scan` stands for the operator's scanner. */
export function evidenceLab(scan: ScanEvidence = scannerOf(undefined)): EvidenceLab {
  const folder = mkdtempSync(path.join(tmpdir(), 'keybond-test-evidence-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const files = createFileStore(folder)
  return { tools: { run, vault, store: evidenceStore(files), sniff: sniffEvidence, scan }, files, folder }
}

const box = (size: number, name: string) => {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(size)
  header.write(name, 4, 'latin1')
  return header
}
const FTYP = Buffer.concat([box(24, 'ftyp'), Buffer.from('isom\0\0\u0002\0isommp42', 'latin1')])

/** A video of this many bytes, a piece at a time: what it is, and a body that says where it is. */
export function* aVideo(byteCount: number, from = 0, to = byteCount): Generator<Uint8Array, void> {
  const head = Buffer.concat([FTYP, box(byteCount - FTYP.length, 'mdat')])
  const step = 64 * 1024
  for (let at = from; at < to;) {
    const end = Math.min(to, at + step - (at % step))
    const piece = Buffer.alloc(end - at, Math.floor(at / step) % 251)
    if (at < head.length) piece.set(head.subarray(at, Math.min(head.length, end)))
    yield piece
    at = end
  }
}

export async function* inPieces(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield await Promise.resolve(piece)
}

/** Announces a file of the buyer's. */
export async function announced(
  complaintId: string,
  byteCount: number,
  changes: Partial<AnnouncedEvidence> = {},
  now = NOW,
): Promise<string> {
  const file = { complaintId, side: 'BUYER', kind: 'ACTIVATION_RECORDING', fileName: 'a.mp4', byteCount } as const
  return run((tx) => openEvidence(tx, vault, { ...file, ...changes }, { ...BUYER, id: null }, now))
}

/** Sends all of it in parts. */
export async function sent(
  tools: EvidenceTools,
  fileId: string,
  bytes: Uint8Array,
  now = NOW,
): Promise<EvidenceProgress | undefined> {
  let progress: EvidenceProgress | undefined
  for (let offset = 0; offset < bytes.length; offset += PART_BYTES) {
    const part = bytes.subarray(offset, offset + PART_BYTES)
    progress = await receivePart(tools, { fileId, offset, bytes: inPieces([part]) }, now)
  }
  return progress
}
