import type { Actor } from '@/lib/domain/actor'
import { type LockedCase, appendEntry, closeCase } from '@/lib/domain/complaints'
import { returnPenalties } from '@/lib/domain/merchants'
import { changeCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { type Difference, appealDifference } from './appeal-difference'
import { ruledBody } from './execute-ruling'
import { firstRuling } from './first-ruling'
import { type Granted, grant } from './grant'
import { lockSeat } from './lock-seat'
import { repayMerchant } from './repay-merchant'
import { requireAmount } from './require-amount'
import type { RulingInput } from './rule-complaint'
import { takeTariffs } from './take-tariffs'
import { type Verdict, isForBuyer, requireComplete } from './verdict'

/**
 * The arbitrator of the appeal rules for good, and the difference to the first ruling is carried out in the same transaction: what the buyer gets
 * more as in a first ruling; what he got too much he keeps, the protection fund pays the merchant what it cost him (once, key
 * `complaint:<id>:appeal-won`), and if nothing is granted any more the penalties return. `compensationMinor` is the whole one, not what is added. Refuses
 * `access/not-found`, `complaint/not-now`, `order/frozen`, `complaint/ruling-incomplete`, `complaint/amount`.
 */
export async function ruleAppeal(
  tx: Tx,
  { complaintId, units, compensationMinor, reasons, tariffs }: RulingInput,
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockSeat(tx, complaintId, 'APPEAL', actor)
  if (locked.state !== 'APPEALED') throw new Refusal('complaint/not-now')
  if (locked.order?.frozen) throw new Refusal('order/frozen')
  const verdict: Verdict = { units, compensationMinor, reasons: reasons.trim(), tariffs }
  requireComplete(locked, verdict)
  const first = await firstRuling(tx, complaintId)
  await requireAmount(tx, locked, verdict, first.compensationMinor)
  const difference = appealDifference(first, verdict)
  const { repaidMinor } = difference
  const body = { ...ruledBody(verdict, true), repaidMinor }
  await appendEntry(tx, complaintId, { type: 'ruled', actor, body }, now)
  const granted = await grantMore(tx, locked, verdict, difference, actor, now)
  await undo(tx, locked, difference, actor, now)
  if (!isForBuyer(verdict)) await givePenaltiesBack(tx, complaintId, actor, now)
  await repayMerchant(tx, locked, repaidMinor, now)
  await recordRuling(tx, locked, verdict, granted, actor, now)
  await closeCase(tx, locked, { name: 'rule-appeal', outcome: 'RULED', actor }, now)
}

async function grantMore(
  tx: Tx,
  locked: LockedCase,
  verdict: Verdict,
  { more, moreCompensationMinor }: Difference,
  actor: Actor,
  now: Date,
): Promise<Granted> {
  if (more.length === 0 && moreCompensationMinor === 0) return { units: [], compensationMinor: 0, borneMinor: 0 }
  await takeTariffs(tx, locked, verdict, actor, now)
  return grant(tx, locked, { units: more, compensationMinor: moreCompensationMinor }, actor, now)
}

/** The log of each CDK says that it was found for the merchant; what the buyer got for it stays on the unit. */
async function undo(
  tx: Tx,
  { id: complaintId, merchantId, orderId }: LockedCase,
  { undone }: Difference,
  actor: Actor,
  now: Date,
): Promise<void> {
  if (undone.length === 0) return
  const details = { orderId, complaintId, result: 'REJECTED', reason: 'complaint-ruling' }
  const where = sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${[...undone]}::uuid[]) AND c."orderId" = ${orderId}::uuid`
  await changeCdks(tx, { where }, { type: 'ruled', actor, scopeId: orderId, details, now })
}

async function givePenaltiesBack(tx: Tx, complaintId: string, actor: Actor, now: Date): Promise<void> {
  const amountMinor = await returnPenalties(tx, complaintId, now)
  if (amountMinor === 0) return
  await appendEntry(tx, complaintId, { type: 'penalties-returned', actor, body: { amountMinor } }, now)
}

async function recordRuling(
  tx: Tx,
  { id: complaintId, merchantId }: LockedCase,
  { units, reasons, ...verdict }: Verdict,
  { units: came, compensationMinor, borneMinor }: Granted,
  actor: Actor,
  now: Date,
): Promise<void> {
  const forBuyer = isForBuyer({ units, compensationMinor: verdict.compensationMinor })
  const ruled = units.map(({ cdkId, result }) => {
    const got = came.find((unit) => unit.cdkId === cdkId)
    return { cdkId, result: got?.result ?? result, amountMinor: got?.amountMinor ?? 0 }
  })
  const money = { compensationMinor, borneMinor }
  const row = { merchantId, complaintId, appeal: true, arbitratorId: actor.id, forBuyer, reasons, at: now }
  await tx.ruling.create({ data: { ...row, ...money, id: newId(), units: ruled } })
}
