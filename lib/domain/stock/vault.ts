/** A batch's data key, opened. Kept in memory for one verb only. */
export type BatchKey = Uint8Array & { readonly __batchKey: never }

/** What a ciphertext is bound to (AES-GCM additional data): it opens for this CDK of this merchant only. */
export interface CdkBinding {
  readonly merchantId: string
  readonly cdkId: string
}

/** Seals and opens CDKs. Implemented in lib/infra/crypto; handed in, so that the domain holds no key. */
export interface CdkVault {
  newBatchKey(): {
    readonly key: BatchKey
    readonly wrappedKey: Uint8Array<ArrayBuffer>
    readonly masterKeyVersion: number
  }
  openBatchKey(wrappedKey: Uint8Array, masterKeyVersion: number): BatchKey
  seal(key: BatchKey, binding: CdkBinding, plaintext: string): Uint8Array<ArrayBuffer>
  /** Throws when the ciphertext was changed or belongs to another CDK. */
  open(key: BatchKey, binding: CdkBinding, ciphertext: Uint8Array): string
  /** Keyed hash of the normalised code: equal for equal codes, says nothing about them. */
  fingerprint(code: string): Uint8Array<ArrayBuffer>
}
