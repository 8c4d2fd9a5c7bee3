import { TOLD_ENTRIES, type ToldEntry } from '@/lib/domain/notifications'

/** Everything that can stand in a case; `body` of each as its verb wrote it. Messages: `case.entry.<type>`. */
export const CASE_ENTRIES = [
  'opened',
  'message',
  'evidence',
  'hidden',
  'accepted',
  'offered',
  'taken',
  'declined',
  'lapsed',
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
  'remedied',
  'penalty',
  'penalties-returned',
  'withdrawn',
  'reopened',
  'closed',
] as const
export type CaseEntryType = (typeof CASE_ENTRIES)[number]

export function isTold(type: CaseEntryType): type is ToldEntry {
  return TOLD_ENTRIES.some((told) => told === type)
}
