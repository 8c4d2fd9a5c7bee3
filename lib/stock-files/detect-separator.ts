import { cutFields } from './stock-row'
import type { Separator } from './stock-shape'

/** In the order of how rarely they stand inside a code. */
const GUESSED = ['----', '║', '\t', '|', ','] as const
const IN_CSV = [',', '\t', ';', '|'] as const

/**
 * What the lines of a sample are cut at: a separator that stands in nine of ten, nearly always equally often. Null when
 * none does, which leaves every line whole: a comma in one code must not tear a file apart.
 */
export function detectSeparator(lines: readonly string[]): Separator | null {
  return pick(lines, GUESSED)
}

/** The separator of a CSV, quoted fields left out of the count; a comma when there is nothing to see. */
export function detectCsvSeparator(lines: readonly string[]): Separator {
  const bare = lines.map((line) => line.replaceAll(/"(?:[^"]|"")*"/gu, '"'))
  return pick(bare, IN_CSV) ?? ','
}

function pick(lines: readonly string[], candidates: readonly Separator[]): Separator | null {
  const filled = lines.filter((line) => line.trim() !== '')
  if (filled.length === 0) return null
  let best: Separator | null = null
  let bestCount = 0
  for (const separator of candidates) {
    const counts = filled.map((line) => cutFields(line, separator).length)
    const withAny = counts.filter((count) => count > 1)
    if (withAny.length < filled.length * 0.9) continue
    const usual = mostFrequent(withAny)
    const steady = withAny.filter((count) => count === usual).length
    if (steady < filled.length * 0.8) continue
    // `----` inside lines that also have commas is what people mean by it; among the others, the earlier wins too.
    if (best === null) [best, bestCount] = [separator, steady]
    else if (best !== '----' && steady > bestCount * 1.1) [best, bestCount] = [separator, steady]
  }
  return best
}

function mostFrequent(counts: readonly number[]): number {
  const seen = new Map<number, number>()
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1)
  return [...seen].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}
