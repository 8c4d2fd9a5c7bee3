import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import type { Minor } from '@/lib/kernel/money'
import { z } from 'zod'
import { appendEntry } from './append-entry'
import { type Decision, type Remedied, carryOut } from './carry-out'
import { closeCase } from './close-case'
import { demandOf } from './demand-of'
import { type LockedCase, lockCase } from './lock-case'
import { requireMove } from './require-move'

const TIMED_OUT = { actor: SYSTEM, reason: 'complaint-timeout', orRefund: true, ownMoneyOnly: false }

/** Nobody ruled in arbitrationRefundDays: what was demanded is granted, from the protection fund where the merchant's money does not reach. Refuses `complaint/not-now`, `order/frozen`. */
export async function refundUndecided(tx: Tx, complaintId: string, now: Date): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  requireMove(locked, 'refund-undecided', now)
  await grant(tx, locked, demandOf(locked), now)
  await closeCase(tx, locked, { name: 'refund-undecided', outcome: 'TIMED_OUT', actor: SYSTEM }, now)
}

/**
 * Nobody ruled an appeal in time: a buyer's is granted, for what the first ruling had rejected or paid too little for, and that is
 * the last word on the case as any ruling would be; on a merchant's the first ruling stands. Refuses `complaint/not-now`, `order/frozen`.
 */
export async function endAppealUndecided(tx: Tx, complaintId: string, now: Date): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  requireMove(locked, 'end-appeal-undecided', now)
  if (locked.appealBy === 'BUYER') {
    const { compensationMinor } = await grant(tx, locked, await stillDemanded(tx, locked), now)
    await recordByClock(tx, locked, compensationMinor, now)
  }
  await closeCase(tx, locked, { name: 'end-appeal-undecided', outcome: 'RULED', actor: SYSTEM }, now)
}

async function grant(tx: Tx, locked: LockedCase, decision: Decision, now: Date): Promise<Remedied> {
  await appendEntry(tx, locked.id, { type: 'granted', actor: SYSTEM, body: { cause: 'TIMED_OUT' } }, now)
  return carryOut(tx, locked, { ...TIMED_OUT, decision }, now)
}

/** The clock's ruling: without it the first one, against the buyer, would go on counting. */
async function recordByClock(
  tx: Tx,
  { id: complaintId, merchantId }: LockedCase,
  compensationMinor: Minor,
  now: Date,
): Promise<void> {
  const came = await tx.complaintUnit.findMany({
    where: { complaintId },
    orderBy: { cdkId: 'asc' },
    select: { cdkId: true, result: true },
  })
  const of = { id: newId(), merchantId, complaintId, appeal: true, arbitratorId: null }
  await tx.ruling.create({ data: { ...of, units: came, compensationMinor, forBuyer: true, reasons: '', at: now } })
}

/** Of the demand: the CDKs that were rejected, and what an amount lacks. */
async function stillDemanded(tx: Tx, locked: LockedCase): Promise<Decision> {
  const { demand, units: all } = locked
  const units = all.filter(({ result }) => result === 'REJECTED')
  const whole = demandOf({ ...locked, units })
  // Where the whole price was demanded and a part of it given, the rest of it.
  const amountMinor = all.length === 0 || demand === 'COMPENSATION' ? whole.compensationMinor : priceOfCompensated(all)
  const lacksMinor = Math.max(0, amountMinor - (await paidAlready(tx, locked.id)))
  return { units: whole.units, compensationMinor: lacksMinor }
}

function priceOfCompensated(units: LockedCase['units']): Minor {
  return units.reduce((sum, { result, priceMinor }) => sum + (result === 'COMPENSATED' ? priceMinor : 0), 0)
}

const RemediedBody = z.object({ compensationMinor: z.int() })

/** What the case was compensated with before. */
async function paidAlready(tx: Tx, complaintId: string): Promise<Minor> {
  const entries = await tx.caseEntry.findMany({ where: { complaintId, type: 'remedied' }, select: { body: true } })
  return entries.reduce((sum, { body }) => sum + RemediedBody.parse(body).compensationMinor, 0)
}
