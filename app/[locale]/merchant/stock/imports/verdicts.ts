import type { Rejection as RowRejection } from '@/lib/stock-files'

/** Every reason for which a line is not taken, in the order in which a report counts them. */
export const REJECTIONS = [
  'duplicate-in-file',
  'duplicate-in-stock',
  'known-on-mall',
  'too-long',
  'empty',
  'missing-field',
  'too-many-fields',
  'bad-encoding',
  'bad-quoting',
  'unreadable-rest',
  'rounded-number',
  'bad-expiry',
  'expired',
  'bad-cost',
] as const satisfies readonly (RowRejection | 'duplicate-in-file' | 'duplicate-in-stock' | 'known-on-mall')[]
export type Rejection = (typeof REJECTIONS)[number]

export function isRejection(verdict: string): verdict is Rejection {
  return REJECTIONS.some((known) => known === verdict)
}

/** How many lines were not taken. */
export function rejectedOf(counts: Readonly<Record<string, number>>): number {
  return REJECTIONS.reduce((sum, verdict) => sum + (counts[verdict] ?? 0), 0)
}
