/** The lower-case text that search looks in: every word a buyer may type for this product. */
export function searchTextOf(...words: readonly (string | null | undefined)[]): string {
  return words.filter(Boolean).join(' ').normalize('NFKC').toLowerCase()
}
