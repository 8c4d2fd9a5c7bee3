/** A batch's data key, opened. Kept in memory for one verb only. */
export type BatchKey = Uint8Array & { readonly __batchKey: never }

/** What a ciphertext is bound to (AES-GCM additional data): it opens for this CDK of this merchant only. */
export interface CdkBinding {
  readonly merchantId: string
  readonly cdkId: string
}

/** A batch's data key, and the same sealed under the master key of a version: what is stored of it. */
export interface WrappedBatchKey {
  readonly key: BatchKey
  readonly wrappedKey: Uint8Array<ArrayBuffer>
  readonly masterKeyVersion: number
}

/** Seals and opens CDKs. Implemented in lib/infra/crypto; handed in, so that the domain holds no key. */
export interface CdkVault {
  newBatchKey(): WrappedBatchKey
  openBatchKey(wrappedKey: Uint8Array, masterKeyVersion: number): BatchKey
  /** The same data key under the newest master key. */
  rewrapBatchKey(wrappedKey: Uint8Array, masterKeyVersion: number): WrappedBatchKey
  seal(key: BatchKey, binding: CdkBinding, plaintext: string): Uint8Array<ArrayBuffer>
  /** Throws when the ciphertext was changed or belongs to another CDK. */
  open(key: BatchKey, binding: CdkBinding, ciphertext: Uint8Array): string
  /**
   * Keyed hash of the normalised code: equal for equal codes, says nothing about them. A shared code is stored once for every
   * seat; each seat from the second on has a fingerprint of its own.
   */
  fingerprint(code: string, seat?: number): Uint8Array<ArrayBuffer>
}
