import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, utf8 } from './bytes'

const TIME_BYTES = 8

export interface SignedMessage {
  readonly message: Bytes
  readonly signature: Bytes
  /** Seconds since 1970. */
  readonly at: number
}

/** What a witness signs (C2SP tlog-cosignature, Ed25519): two lines, then the whole text of the checkpoint. */
export function cosignatureMessage(text: string, at: number): Bytes {
  invariant(Number.isSafeInteger(at) && at >= 0, 'a cosignature has a time in whole seconds')
  return utf8(`cosignature/v1\ntime ${at}\n${text}`)
}

/** A `timestamped_signature`: eight bytes of time, then the Ed25519 signature. */
export function encodeCosignature(at: number, signature: Bytes): Bytes {
  const bytes = new Uint8Array(TIME_BYTES + signature.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(at))
  bytes.set(signature, TIME_BYTES)
  return bytes
}

/** The message and signature inside; null when it is cut off or its time is beyond what the format or a number holds. */
export function readCosignature(text: string, bytes: Bytes): SignedMessage | null {
  if (bytes.length <= TIME_BYTES) return null
  const at = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  if (!Number.isSafeInteger(at)) return null
  return { message: cosignatureMessage(text, at), signature: bytes.slice(TIME_BYTES), at }
}
