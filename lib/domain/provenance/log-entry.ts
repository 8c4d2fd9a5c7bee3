import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, concat, fromHex, utf8 } from './bytes'
import type { CdkEvent } from './cdk-event'
import { DIGEST_BYTES, type Digest, type Sha256 } from './digest'

const VERSION = 1
const MAX_SEQ = 0xffff_ffff

/**
 * What is hashed to the tag of a CDK's chain. The ids are random, so the tag leads to nobody who does not hold them; it
 * lets anyone check that no CDK has two different events of one number, and whoever holds a proof look for later events.
 */
export function chainTagPreimage({ merchantId, cdkId }: Pick<CdkEvent, 'merchantId' | 'cdkId'>): Bytes {
  return utf8(`keybond/cdk-chain/v1\n${merchantId}\n${cdkId}`)
}

/** A leaf of the log, 69 bytes: version, tag of the CDK's chain, number of the event, hash of the event. */
export function encodeLogEntry(chainTag: Digest, event: Pick<CdkEvent, 'seq' | 'hash'>): Bytes {
  const hash = fromHex(event.hash)
  invariant(hash?.length === DIGEST_BYTES && chainTag.length === DIGEST_BYTES, 'tag and hash have 32 bytes')
  invariant(Number.isSafeInteger(event.seq) && event.seq >= 0 && event.seq <= MAX_SEQ, 'seq fits 32 bits')
  const seq = new Uint8Array(4)
  new DataView(seq.buffer).setUint32(0, event.seq)
  return concat(Uint8Array.of(VERSION), chainTag, seq, hash)
}

/** The log entry of an event, for the sealer. */
export function logEntry(sha256: Sha256, event: CdkEvent): Bytes {
  return encodeLogEntry(sha256(chainTagPreimage(event)), event)
}
