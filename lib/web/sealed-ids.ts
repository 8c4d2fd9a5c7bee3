import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

const ID_BYTES = 16
const TAG_BYTES = 32

/**
 * `v1.<ids, 16 bytes each>.<HMAC-SHA256>`: a list of ids that a browser may keep and not change. The key is derived for
 * one purpose (`guest-access/v1`), so that a list sealed for one is none for another.
 */
export function sealIds(secret: Uint8Array, purpose: string, ids: readonly string[]): string {
  const body = Buffer.concat(ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex'))).toString('base64url')
  return `v1.${body}.${tagOf(secret, purpose, body).toString('base64url')}`
}

/** The ids of a sealed list; none when it was not sealed with this key for this purpose, or changed by one bit. */
export function openIds(secret: Uint8Array, purpose: string, sealed: string | undefined): string[] {
  const [version, body = '', tag = '', ...more] = sealed?.split('.') ?? []
  if (version !== 'v1' || more.length > 0) return []
  const given = Buffer.from(tag, 'base64url')
  if (given.length !== TAG_BYTES || !timingSafeEqual(given, tagOf(secret, purpose, body))) return []
  const bytes = Buffer.from(body, 'base64url')
  return Array.from({ length: Math.floor(bytes.length / ID_BYTES) }, (_, at) =>
    uuidOf(bytes.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)),
  )
}

function tagOf(secret: Uint8Array, purpose: string, body: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `keybond/${purpose}`, 32))
  return createHmac('sha256', key).update(`v1.${body}`).digest()
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
}
