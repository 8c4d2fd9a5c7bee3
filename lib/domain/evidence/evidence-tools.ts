import type { CdkVault } from '@/lib/domain/stock'
import type { InTransaction } from '@/lib/domain/tx'
import type { EvidenceType } from './limits'

/** Where parts lie, encrypted; implemented in lib/infra, handed in. */
export interface EvidenceStore {
  /**
   * Stores a stream of at most `most` bytes and returns once it is on the disk; only then may a row name it. Refuses
   * `evidence/part-too-large`; whatever ends it early, nothing of it is left.
   */
  readonly put: (key: Uint8Array, bytes: AsyncIterable<Uint8Array>, most: number) => Promise<StoredPart>
  /** The plain bytes from the beginning; throws when they are gone or damaged. Leaving early is fine. */
  readonly read: (key: Uint8Array, fileKey: string) => AsyncGenerator<Uint8Array, void, undefined>
  /** Also of a part that is not there (any more). */
  readonly drop: (fileKey: string) => Promise<void>
  /** The names of all parts that were stored before a moment. */
  readonly list: (before: Date) => Promise<readonly string[]>
}

export interface StoredPart {
  readonly fileKey: string
  readonly byteCount: number
}

/** What the first bytes of a file are (`HEAD_BYTES`, or all), whatever it is called; null when it is none of EVIDENCE_TYPES. */
export type SniffEvidence = (head: Uint8Array) => Promise<EvidenceType | null>

/** `unavailable`: the scanner is missing or fell over; the file waits. */
export type ScanVerdict = 'clean' | 'infected' | 'unavailable'

/** Looks at a whole file, and reads it to its end unless the verdict is another than `clean`. */
export type ScanEvidence = (bytes: AsyncIterable<Uint8Array>) => Promise<ScanVerdict>

/** What keeping evidence takes besides the database. */
export interface EvidenceTools {
  readonly run: InTransaction
  readonly vault: Pick<CdkVault, 'openBatchKey'>
  readonly store: EvidenceStore
  readonly sniff: SniffEvidence
  readonly scan: ScanEvidence
}
