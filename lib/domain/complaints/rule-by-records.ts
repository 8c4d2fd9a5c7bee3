import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { appendEntry } from './append-entry'
import { type Decision, carryOut } from './carry-out'
import { closeCase } from './close-case'
import { demandOf } from './demand-of'
import { escalateCase } from './escalate-case'
import { type Failure, FAILURES, FAILURE_STANDARD } from './failure-standard'
import { type LockedCase, lockCase } from './lock-case'
import { penalize } from './penalize'
import { type RecordFact, recordsOf } from './records'

/**
 * The system's own ruling, in the transaction that opens a case: when the records decide for every CDK, what was demanded is granted at
 * once (a refund where stock has no replacement or is not as listed), the penalty taken, and the case closed with the facts. What is wrong with the charge and
 * our records do not show goes to the arbitrators: the merchant cannot know; so does what his own money does not cover. Returns whether it ruled; never of a case that moved on.
 */
export async function ruleByRecords(tx: Tx, complaintId: string, now: Date): Promise<boolean> {
  const locked = await lockCase(tx, complaintId)
  if (locked.state !== 'OPEN') return false
  const failure = z.enum(FAILURES).parse(locked.failure)
  const { about } = FAILURE_STANDARD[failure]
  const cdkIds = locked.units.map((unit) => unit.cdkId)
  const order = { id: locked.orderId, merchantId: locked.merchantId }
  const facts = await recordsOf(tx, { order, failure, cdkIds })
  if (about === 'CHARGE' && facts.length === 0) {
    await escalateCase(tx, locked, { name: 'escalate-at-once', by: 'RULE', actor: SYSTEM }, now)
    return false
  }
  if (about === 'CDKS' && !cdkIds.every((id) => facts.some((fact) => fact.cdkId === id))) return false
  if (await grantOrTakeBack(tx, locked, { failure, facts }, now)) return true
  await escalateCase(tx, await lockCase(tx, complaintId), { name: 'escalate-at-once', by: 'RULE', actor: SYSTEM }, now)
  return false
}

interface Found {
  readonly failure: Failure
  readonly facts: readonly RecordFact[]
}

/**
 * Grants, unless it would cost the protection fund: a merchant makes most of his own records, and could sell to himself what they condemn. Then all of it
 * is taken back, to the savepoint, and people look.
 */
async function grantOrTakeBack(tx: Tx, locked: LockedCase, found: Found, now: Date): Promise<boolean> {
  await tx.$executeRaw`SAVEPOINT before_the_records`
  try {
    await grant(tx, locked, found, now)
    return true
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'refund/beyond-own-money')) throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_the_records`
    return false
  }
}

async function grant(tx: Tx, locked: LockedCase, { failure, facts }: Found, now: Date): Promise<void> {
  const complaintId = locked.id
  const { about, tariff } = FAILURE_STANDARD[failure]
  const body = { cause: 'RECORDS', fact: facts[0]?.record ?? null, facts: facts.map((fact) => ({ ...fact })) }
  await appendEntry(tx, complaintId, { type: 'granted', actor: SYSTEM, body }, now)
  if (tariff) await penalize(tx, locked, tariff, SYSTEM, now)
  const decision = about === 'CHARGE' ? overcharge(facts) : demandOf(demanded(locked, facts))
  // A second capture went back when it came: there is nothing to pay.
  if (decision.units.length > 0 || decision.compensationMinor > 0) {
    const why = { actor: SYSTEM, reason: 'complaint-records', orRefund: true, ownMoneyOnly: true }
    await carryOut(tx, locked, { ...why, decision }, now)
  }
  await closeCase(tx, locked, { name: 'rule-by-records', outcome: 'RECORDS', actor: SYSTEM }, now)
}

/** What came in under another listing is not replaced out of the same stock: the money goes back. */
function demanded(locked: LockedCase, facts: readonly RecordFact[]): LockedCase {
  const sameStock = locked.demand === 'REPLACEMENT' && facts.some(({ record }) => record === 'ATTRIBUTES_DIFFER')
  return sameStock ? { ...locked, demand: 'REFUND' } : locked
}

function overcharge(facts: readonly RecordFact[]): Decision {
  const above = facts.map((fact) => (fact.record === 'CHARGED_MORE' ? fact.amountMinor : 0))
  return { units: [], compensationMinor: above.reduce((sum, minor) => sum + minor, 0) }
}
