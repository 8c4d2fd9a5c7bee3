/** What of a complaint's entries is told by a notification (lib/domain/complaints/entries.ts has them all). */
export const TOLD_ENTRIES = [
  'opened',
  'message',
  'evidence',
  'accepted',
  'offered',
  'taken',
  'declined',
  'contested',
  'asked',
  'answered',
  'escalated',
  'assigned',
  'proposed',
  'returned',
  'ruled',
  'appealed',
  'granted',
  'withdrawn',
  'reopened',
  'closed',
] as const
export type ToldEntry = (typeof TOLD_ENTRIES)[number]

/** Clocks of a complaint that somebody is reminded of. */
export const CASE_CLOCKS = ['reply', 'offer', 'evidence', 'ruling', 'appeal'] as const
export type CaseClock = (typeof CASE_CLOCKS)[number]
