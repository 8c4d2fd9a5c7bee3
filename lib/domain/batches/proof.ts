import type { BatchKey } from '@/lib/domain/stock'

export const MAX_PROOF_BYTES = 10 * 1024 * 1024
export const MAX_PROOFS = 10

/** What a proof may be, as its bytes say. */
export const PROOF_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'] as const
export type ProofType = (typeof PROOF_TYPES)[number]

/** Where proofs lie, encrypted; implemented in lib/infra, handed in. */
export interface ProofStore {
  /** Stores the bytes, and says under which name they are found once they are on the disk. */
  readonly put: (key: BatchKey, bytes: Uint8Array<ArrayBuffer>) => Promise<string>
  readonly drop: (fileKey: string) => Promise<void>
}

/** What lies in the store, for those who may read it. */
export interface ProofArchive {
  /** The names of all proofs. */
  readonly list: () => Promise<readonly string[]>
  /** The plain bytes, whole; throws when they are gone or damaged. */
  readonly read: (key: BatchKey, fileKey: string) => Promise<Uint8Array<ArrayBuffer>>
}

/** What the bytes of a file are, whatever it is called; null when it is none of PROOF_TYPES. */
export type SniffProof = (bytes: Uint8Array<ArrayBuffer>) => Promise<ProofType | null>
