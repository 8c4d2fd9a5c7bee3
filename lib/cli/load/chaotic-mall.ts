import { uploaderOn } from '@/lib/cli/importer/take-upload'
import { fileStore } from '@/lib/infra/files'
import { createLog } from '@/lib/infra/log'
import { createDb, inTransaction } from '@/lib/infra/db'
import { evidenceTools } from '@/lib/infra/evidence'
import { proofStore, sniffProof } from '@/lib/infra/proofs'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import type { Mall } from '@/lib/seed/mall'

const ORIGIN = 'http://127.0.0.1:3000'

/** The mall that all processes of one chaos run share: one database, keys made of a number, the bank inside each process. */
export function chaoticMall(url: string, connections: number): Mall {
  const db = createDb(url, { max: connections })
  const run: Mall['run'] = (work) => inTransaction(db, work)
  const key = (first: number) => Buffer.alloc(32, first)
  const vault = createCdkVault(key(1), key(2))
  return {
    db,
    now: new Date(),
    run,
    vault,
    takeUpload: uploaderOn(url, { run, vault, files: fileStore(), log: createLog('chaos') }),
    logKeys: { name: 'chaos.example.com/log', seed: () => new Uint8Array(key(4)) },
    proofs: { store: proofStore(), sniff: sniffProof },
    evidence: evidenceTools(run),
    bankKey: key(3),
    origin: ORIGIN,
    innerOrigin: ORIGIN,
    stockShare: 1,
    orderShare: 1,
  }
}
