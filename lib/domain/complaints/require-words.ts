import { Refusal } from '@/lib/kernel/refusal'

/** What one entry of a case may hold of somebody's words, in characters. */
export const LONGEST_WORDS = 4000

/** Somebody's words for the case, without the space around them. Refuses `input/invalid` when there are none, or too many. */
export function requireWords(text: string): string {
  const words = text.trim()
  if (words === '' || words.length > LONGEST_WORDS) throw new Refusal('input/invalid')
  return words
}
