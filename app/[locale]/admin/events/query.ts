import { z } from 'zod'
import { EventVerdict } from '@/lib/infra/prisma/enums'
import type { InboxFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, wordsParam } from '../../_console/params'
import { spanOf } from '../_components/list-query'

/** Reasons that stand beside a verdict (lib/domain/payments/receive-event.ts, lib/domain/inbox). */
export const EVENT_REASONS = [
  'forged',
  'stale',
  'malformed',
  'foreign',
  'failed',
  'unsupported-type',
  'replayed',
  'known',
  'not-captured',
] as const

export const EventsQuery = z.object({
  q: wordsParam,
  verdict: choiceParam(EventVerdict),
  reason: wordsParam,
  provider: wordsParam,
  from: dayParam,
  until: dayParam,
})

export function inboxFilter({ from, until, ...rest }: z.infer<typeof EventsQuery>): InboxFilter {
  return { ...rest, ...spanOf({ from, until }) }
}
