import type { Separator } from '@/lib/stock-files/stock-shape'

/** Names of separators in forms and messages: a key cannot be a dot, a comma or a tab. */
export const SEPARATOR_KEYS = {
  '----': 'dashes',
  '║': 'box',
  '\t': 'tab',
  '|': 'pipe',
  ',': 'comma',
  ';': 'semicolon',
  ' ': 'space',
} as const satisfies Record<Separator, string>

/** Lines stay whole. */
export const NO_SEPARATOR = 'none'
