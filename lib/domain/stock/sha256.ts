import { hash } from 'node:crypto'
import type { Sha256 } from '@/lib/domain/provenance'

/** Node's digest for what is written into the log; whoever verifies uses WebCrypto. */
export const sha256: Sha256 = (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer'))
