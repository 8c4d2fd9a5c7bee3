import type { CdkVault } from '@/lib/domain/stock'

/** Pieces of a pasted line that are looked for besides the whole. */
const MOST_PIECES = 8

/**
 * Fingerprints that a pasted text may be stored under: of the whole, of its pieces (a line of an upload has the code in one of
 * its columns), and of each seat where the merchant sells shared codes.
 */
export function printsOf(vault: CdkVault, text: string, seats: number): Uint8Array[] {
  const pieces = text.split(/-{4}|[\s,;|║\t"']+/u).filter((piece) => piece !== '')
  const texts = new Set([text, ...pieces.slice(0, MOST_PIECES)])
  return [...texts].flatMap((each) => Array.from({ length: seats }, (_, seat) => vault.fingerprint(each, seat + 1)))
}
