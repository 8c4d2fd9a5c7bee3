import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** How many checkouts one browser remembers; the oldest falls out (its order number and passcode still open it). */
export const MOST_REMEMBERED = 40
const ID_BYTES = 16
const TAG_BYTES = 32

/**
 * `v1.<checkout ids, newest first, 16 bytes each>.<HMAC-SHA256>`: the browser's list of checkouts that it may open.
 * Without the key no id can be added.
 */
export function sealCheckoutIds(secret: Uint8Array, ids: readonly string[]): string {
  const body = Buffer.concat(
    ids.slice(0, MOST_REMEMBERED).map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')),
  ).toString('base64url')
  return `v1.${body}.${tagOf(secret, body).toString('base64url')}`
}

/** The ids of a sealed list; none when it was not sealed with this key, or changed by one bit. */
export function openCheckoutIds(secret: Uint8Array, sealed: string | undefined): string[] {
  const [version, body = '', tag = '', ...more] = sealed?.split('.') ?? []
  if (version !== 'v1' || more.length > 0) return []
  const given = Buffer.from(tag, 'base64url')
  if (given.length !== TAG_BYTES || !timingSafeEqual(given, tagOf(secret, body))) return []
  const bytes = Buffer.from(body, 'base64url')
  return Array.from({ length: Math.floor(bytes.length / ID_BYTES) }, (_, at) =>
    uuidOf(bytes.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)),
  )
}

function tagOf(secret: Uint8Array, body: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'keybond/guest-access/v1', 32))
  return createHmac('sha256', key).update(`v1.${body}`).digest()
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
}
