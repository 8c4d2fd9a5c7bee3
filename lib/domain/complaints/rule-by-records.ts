import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { z } from 'zod'
import { appendEntry } from './append-entry'
import { type Decision, carryOut } from './carry-out'
import { closeCase } from './close-case'
import { demandOf } from './demand-of'
import { escalateCase } from './escalate-case'
import { FAILURES, FAILURE_STANDARD } from './failure-standard'
import { type LockedCase, lockCase } from './lock-case'
import { penalize } from './penalize'
import { type RecordFact, recordsOf } from './records'

/**
 * The system's own ruling, in the transaction that opens a case: when the records decide for every CDK, what was demanded is granted at
 * once (a refund where stock has no replacement or is not as listed), the penalty taken, and the case closed with the facts. What is wrong with the charge and
 * our records do not show goes to the arbitrators: the merchant cannot know. Returns whether it ruled; never of a case that moved on.
 */
export async function ruleByRecords(tx: Tx, complaintId: string, now: Date): Promise<boolean> {
  const locked = await lockCase(tx, complaintId)
  if (locked.state !== 'OPEN') return false
  const failure = z.enum(FAILURES).parse(locked.failure)
  const { about, tariff } = FAILURE_STANDARD[failure]
  const cdkIds = locked.units.map((unit) => unit.cdkId)
  const order = { id: locked.orderId, merchantId: locked.merchantId }
  const facts = await recordsOf(tx, { order, failure, cdkIds })
  if (about === 'CHARGE' && facts.length === 0) {
    await escalateCase(tx, locked, { name: 'escalate-at-once', by: 'RULE', actor: SYSTEM }, now)
    return false
  }
  if (about === 'CDKS' && !cdkIds.every((id) => facts.some((fact) => fact.cdkId === id))) return false
  const body = { cause: 'RECORDS', fact: facts[0]?.record ?? null, facts: facts.map((fact) => ({ ...fact })) }
  await appendEntry(tx, complaintId, { type: 'granted', actor: SYSTEM, body }, now)
  if (tariff) await penalize(tx, locked, tariff, SYSTEM, now)
  const decision = about === 'CHARGE' ? overcharge(facts) : demandOf(demanded(locked, facts))
  // A second capture went back when it came: there is nothing to pay.
  if (decision.units.length > 0 || decision.compensationMinor > 0) {
    const why = { actor: SYSTEM, reason: 'complaint-records', orRefund: true, ownMoneyOnly: false }
    await carryOut(tx, locked, { ...why, decision }, now)
  }
  await closeCase(tx, locked, { name: 'rule-by-records', outcome: 'RECORDS', actor: SYSTEM }, now)
  return true
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
