import { z } from 'zod'
import { LINE_STATES, type ProviderLineFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, wordsParam } from '../../_console/params'
import { spanOf } from '../_components/list-query'

/** What a line may say that happened (MovementKind). */
export const LINE_KINDS = [
  'capture',
  'refund',
  'refund-failed',
  'transfer',
  'transfer-returned',
  'dispute',
  'dispute-won',
  'other',
] as const

export const DifferencesQuery = z.object({ provider: wordsParam })

export const LinesQuery = z.object({
  provider: wordsParam,
  state: choiceParam(LINE_STATES),
  kind: z.enum(LINE_KINDS).optional().catch(undefined),
  from: dayParam,
  until: dayParam,
})

export function lineFilter({ from, until, ...rest }: z.infer<typeof LinesQuery>): ProviderLineFilter {
  return { ...rest, ...spanOf({ from, until }) }
}
