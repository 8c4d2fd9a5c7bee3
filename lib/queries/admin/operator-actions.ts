import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import type { Page } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'

const MOST_SHOWN = 50

const OperatorAction = z.object({
  id: z.string(),
  at: z.date(),
  operator: z.string(),
  verb: z.string(),
  subject: z.string(),
  subjectId: z.string(),
  note: z.string().nullable(),
})
export type OperatorActionRow = z.infer<typeof OperatorAction>

const COLUMNS = sql`a.id, a.at, COALESCE(u."displayName", a."userId"::text) AS operator, a.verb, a.subject, a."subjectId", a.note`
const FROM = sql`operator_action a LEFT JOIN "user" u ON u.id = a."userId"`

/** What operators did to one thing, latest first. */
export async function selectOperatorActions(db: Tx, subjectId: string): Promise<OperatorActionRow[]> {
  return selectRows(
    db,
    OperatorAction,
    sql`SELECT ${COLUMNS} FROM ${FROM} WHERE a."subjectId" = ${subjectId} ORDER BY a.at DESC, a.id DESC LIMIT ${MOST_SHOWN}`,
  )
}

export interface OperatorActionFilter extends Span {
  readonly verb?: string | undefined
}

/** Everything that operators did by hand, latest first. */
export function operatorActions({ verb, ...span }: OperatorActionFilter): AdminList<OperatorActionRow> {
  const which = verb ? sql`AND a.verb = ${verb}` : empty
  return {
    row: OperatorAction,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE ${which} ${within(sql`a.at`, span)}`,
    at: sql`a.at`,
    id: sql`a.id`,
  }
}

export async function listOperatorActions(
  db: Tx,
  filter: OperatorActionFilter,
  page: number,
): Promise<Page<OperatorActionRow>> {
  return listPage(db, operatorActions(filter), page)
}
