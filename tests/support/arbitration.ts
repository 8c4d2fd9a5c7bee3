import { createUser } from '@/lib/domain/accounts'
import { type Actor, SYSTEM } from '@/lib/domain/actor'
import { type RulingInput, SEAT_COLUMN, type Seat } from '@/lib/domain/arbitration'
import { escalateCase, lockCase } from '@/lib/domain/complaints'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { type OpenCase, anOpenCase } from './complaints'
import { db } from './database'
import { NOW, run } from './factories'

export const REASON = '录屏显示首次激活即提示已被使用，商家未能出示发行方的兑换记录。'

/** Somebody who rules. */
export async function anArbitrator(
  changes: { readonly email?: string; readonly employerNumber?: string; readonly restingSince?: Date } = {},
): Promise<Actor & { readonly id: string }> {
  const { email = `${newId()}@arbitrators.example.com`, ...more } = changes
  const facts = { email, passwordHash: 'not a real hash', displayName: '仲裁员', role: 'ARBITRATOR' } as const
  const id = await run((tx) => createUser(tx, { ...facts, merchantId: null }, NOW))
  await db.user.update({ where: { id }, data: more })
  return { kind: 'ARBITRATOR', id }
}

/** A case that has just come to the arbitrators, and has none yet. */
export async function anEscalatedCase(changes: Parameters<typeof anOpenCase>[0] = {}): Promise<OpenCase> {
  const open = await anOpenCase(changes)
  const at = changes.at ?? NOW
  await run(async (tx) => {
    const locked = await lockCase(tx, open.complaintId)
    await escalateCase(tx, locked, { name: 'escalate-at-once', by: 'RULE', actor: SYSTEM }, at)
  })
  return open
}

/** Puts a new arbitrator onto a seat of a case, without the draw. */
export async function seat(complaintId: string, on: Seat): Promise<Actor & { readonly id: string }> {
  const arbitrator = await anArbitrator()
  await db.complaint.update({ where: { id: complaintId }, data: { [SEAT_COLUMN[on]]: arbitrator.id } })
  return arbitrator
}

/** A case with its first arbitrator. */
export async function aCaseToRule(changes: Parameters<typeof anOpenCase>[0] = {}) {
  const escalated = await anEscalatedCase(changes)
  return { ...escalated, first: await seat(escalated.complaintId, 'FIRST') }
}

/** What the decision form sends: one result for every CDK, or one each; no penalty. */
export function aVerdict(
  { complaintId, cdkIds }: Pick<OpenCase, 'complaintId' | 'cdkIds'>,
  results: UnitResult | readonly UnitResult[],
  changes: Partial<RulingInput> = {},
): RulingInput {
  const units = cdkIds.map((cdkId, at) => ({
    cdkId,
    result: typeof results === 'string' ? results : (results[at] ?? 'REJECTED'),
  }))
  return { complaintId, units, compensationMinor: 0, reasons: REASON, tariffs: [], ...changes }
}

export async function caseOf(complaintId: string) {
  return db.complaint.findUniqueOrThrow({ where: { id: complaintId }, include: { units: true, rulings: true } })
}

/** Types of a case's entries, oldest first. */
export async function entriesOf(complaintId: string): Promise<string[]> {
  const entries = await db.caseEntry.findMany({ where: { complaintId }, orderBy: { seq: 'asc' } })
  return entries.map(({ type }) => type)
}
