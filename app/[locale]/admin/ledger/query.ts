import { z } from 'zod'
import { AccountKind } from '@/lib/infra/prisma/enums'
import type { AccountFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, wordsParam } from '../../_console/params'
import { yesParam } from '../_components/list-query'

export const AccountsQuery = z.object({ kind: choiceParam(AccountKind), open: yesParam, q: wordsParam })

export function accountFilter({ kind, open, q }: z.infer<typeof AccountsQuery>): AccountFilter {
  return { kind, open: open === 'yes', q }
}

export const TransfersQuery = z.object({ from: dayParam, until: dayParam })
