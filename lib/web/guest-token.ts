import { openIds, sealIds } from './sealed-ids'

/** How many checkouts one browser remembers; the oldest falls out (its order number and passcode still open it). */
export const MOST_REMEMBERED = 40
const PURPOSE = 'guest-access/v1'

/** The browser's list of checkouts that it may open, newest first. Without the key no id can be added. */
export function sealCheckoutIds(secret: Uint8Array, ids: readonly string[]): string {
  return sealIds(secret, PURPOSE, ids.slice(0, MOST_REMEMBERED))
}

/** The ids of a sealed list; none when it was not sealed with this key, or changed by one bit. */
export function openCheckoutIds(secret: Uint8Array, sealed: string | undefined): string[] {
  return openIds(secret, PURPOSE, sealed)
}
