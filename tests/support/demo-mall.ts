import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { uploaderOn } from '@/lib/cli/importer/take-upload'
import { type Db, inTransaction } from '@/lib/infra/db'
import { evidenceStore, sniffEvidence } from '@/lib/infra/evidence'
import { scannerOf } from '@/lib/infra/evidence-scanner'
import { createFileStore } from '@/lib/infra/files'
import { proofStore, sniffProof } from '@/lib/infra/proofs'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import type { Mall } from '@/lib/seed/mall'
import { LOG_KEYS } from './log-keys'

/** Where the proofs of this process's demo malls lie. */
const FILES = createFileStore(mkdtempSync(path.join(tmpdir(), 'keybond-demo-files-')))
export const DEMO_PROOFS = proofStore(FILES)

/** A small demo mall to be filled, on keys of its own if none are given, ending at `now`. */
export function aSmallMall(
  db: Db,
  url: string,
  now: Date,
  vault = createCdkVault(randomBytes(32), randomBytes(32)),
): Mall {
  const run: Mall['run'] = (work) => inTransaction(db, work)
  return {
    db,
    now,
    run,
    vault,
    takeUpload: uploaderOn(url, { run, vault, files: FILES, log: pino({ level: 'silent' }) }),
    logKeys: LOG_KEYS,
    proofs: { store: DEMO_PROOFS, sniff: sniffProof },
    evidence: { run, vault, store: evidenceStore(FILES), sniff: sniffEvidence, scan: scannerOf(undefined) },
    bankKey: randomBytes(32),
    origin: 'http://mall.example.com',
    innerOrigin: 'http://127.0.0.1:3000',
    stockShare: 0.2,
    orderShare: 0.15,
  }
}
