import type { Bytes } from './bytes'

/** 32 bytes of SHA-256. */
export type Digest = Bytes

/**
 * SHA-256 at once, handed in by whoever writes the log: a million imported CDKs are millions of short digests, for which
 * Node's own hash costs a third of WebCrypto's, which answers later.
 */
export type Sha256 = (bytes: Bytes) => Digest

export const DIGEST_BYTES = 32

/** SHA-256 by WebCrypto, for whoever verifies: the same in Node and in a browser. */
export async function digest(bytes: Bytes): Promise<Digest> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
