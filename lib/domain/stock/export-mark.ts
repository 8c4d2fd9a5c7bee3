import type { CdkVault } from './vault'

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const MARK_LENGTH = 16

/**
 * What a line of an export is marked with: 80 bits of a keyed hash of export and CDK, in Crockford's base32. Without the key nobody can make one, and
 * a line that turns up elsewhere tells which export it is from (`findExportOf`).
 */
export function exportMark(vault: CdkVault, exportId: string, cdkId: string): string {
  const hash = vault.fingerprint(`keybond/export-mark/v1 ${exportId} ${cdkId}`)
  return Array.from(hash.subarray(0, MARK_LENGTH), (byte) => SYMBOLS.charAt(byte & 31)).join('')
}
