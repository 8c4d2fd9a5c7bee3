import type { ProofTools } from '@/lib/domain/batches'
import type { EvidenceTools } from '@/lib/domain/evidence'
import type { LogKeys } from '@/lib/domain/sealing'
import type { CdkVault } from '@/lib/domain/stock'
import type { ImportChosen } from '@/lib/domain/stock-imports'
import type { InTransaction } from '@/lib/domain/tx'
import type { Db } from '@/lib/infra/db'

/** An upload as a merchant makes it. */
export interface DemoUpload {
  readonly merchantId: string
  readonly variantId: string
  readonly uploadedById: string
  readonly fileName: string
  readonly text: string
}

export type DemoChoice = Pick<ImportChosen, 'choices' | 'allOrNothing' | 'facts' | 'dryRun'>

/** What the seed works on. */
export interface Mall {
  readonly db: Db
  readonly run: InTransaction
  readonly vault: CdkVault
  /** Of the provenance log. */
  readonly logKeys: LogKeys
  /** Where proofs of batches are kept, and what they are. */
  readonly proofs: Pick<ProofTools, 'store' | 'sniff'>
  /** Where evidence of cases is kept, and what it is. */
  readonly evidence: EvidenceTools
  /** Takes an upload in as the importer would; without a choice it waits for the merchant's. */
  readonly takeUpload: (upload: DemoUpload, choice: DemoChoice | null, now: Date) => Promise<void>
  readonly bankKey: Uint8Array
  /** Where buyers find the shop, and where it finds itself: addresses of payment pages and of callbacks. */
  readonly origin: string
  readonly innerOrigin: string
  /** The moment the seed pretends to end at; everything else lies before it. */
  readonly now: Date
  /** 1 for the whole demo mall, less for a small one in tests. */
  readonly stockShare: number
  readonly orderShare: number
}
