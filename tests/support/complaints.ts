import { buyerKeyOf } from '@/lib/domain/coupons'
import {
  NO_ENTRY,
  type OpenComplaintInput,
  commitEntry,
  entryHash,
  openComplaint,
  sweepComplaints,
} from '@/lib/domain/complaints'
import { toHex } from '@/lib/domain/provenance'
import { pseudonymOf, sha256 } from '@/lib/domain/stock'
import { z } from 'zod'
import { db } from './database'
import { BUYER, NOW, aDeliveredOrder, run } from './factories'

export interface OpenCase {
  readonly complaintId: string
  readonly number: string
  readonly orderId: string
  readonly merchantId: string
  /** The CDKs that are complained of. */
  readonly cdkIds: readonly string[]
}

/** A complaint of a guest about the first `units` CDKs of a delivered order (ALREADY_USED, refund, unless `changes` say otherwise). */
export async function anOpenCase({
  quantity = 1,
  units = quantity,
  orderId,
  at = NOW,
  ...changes
}: Partial<OpenComplaintInput> & {
  readonly quantity?: number
  readonly units?: number
  readonly at?: Date
} = {}): Promise<OpenCase> {
  const id = orderId ?? (await aDeliveredOrder({ quantity })).orderId
  const order = await db.order.findUniqueOrThrow({
    where: { id },
    include: { checkout: true, cdks: { where: { state: 'DELIVERED' }, orderBy: { id: 'asc' } } },
  })
  const cdkIds = changes.cdkIds ?? order.cdks.slice(0, units).map((cdk) => cdk.id)
  const input: OpenComplaintInput = {
    orderId: id,
    buyerId: order.checkout.buyerId,
    buyerKey: buyerKeyOf(order.checkout),
    failure: 'ALREADY_USED',
    demand: 'REFUND',
    demandMinor: null,
    statement: '激活时提示已被使用。',
    ...changes,
    cdkIds,
  }
  const actor = { ...BUYER, id: order.checkout.buyerId }
  const opened = await run((tx) => openComplaint(tx, input, actor, at))
  return { ...opened, orderId: id, merchantId: order.merchantId, cdkIds }
}

/** What is wrong with a case's hash chain, reckoned anew from its rows; nothing of a whole one. */
export async function chainFaults(complaintId: string): Promise<string[]> {
  const { orderId, ...head } = await db.complaint.findUniqueOrThrow({ where: { id: complaintId } })
  const entries = await db.caseEntry.findMany({ where: { complaintId }, orderBy: { seq: 'asc' } })
  const faults: string[] = []
  let prevHash = NO_ENTRY
  let before = 0
  for (const [index, { seq, type, at, actorKind, actorId, ...entry }] of entries.entries()) {
    const commitment = commitEntry(sha256, entry.salt, z.json().parse(entry.body))
    const actorPseudonym = pseudonymOf({ kind: actorKind, id: actorId }, orderId)
    const facts = { complaintId, seq, type, at: at.getTime(), actorPseudonym, commitment, prevHash }
    if (seq !== index) faults.push(`${seq} stands at ${index}`)
    if (at.getTime() < before) faults.push(`${seq} is before the one before it`)
    if (toHex(entry.commitment) !== commitment) faults.push(`${seq} is not what was said`)
    if (toHex(entry.hash) !== toHex(entryHash(sha256, facts))) faults.push(`${seq} does not follow`)
    prevHash = toHex(entry.hash)
    before = at.getTime()
  }
  if (head.entrySeq !== entries.length - 1 || toHex(head.entryHash) !== prevHash) faults.push('the head is another')
  return faults
}

/** Types of a case's entries, oldest first. */
export async function entriesOf(complaintId: string): Promise<string[]> {
  const entries = await db.caseEntry.findMany({
    where: { complaintId },
    orderBy: { seq: 'asc' },
    select: { type: true },
  })
  return entries.map(({ type }) => type)
}

/** A turn of the worker over all complaints; whatever fails, fails the test. */
export async function sweepCases(now: Date) {
  return sweepComplaints(run, now, (error) => {
    throw error
  })
}

/** For hooks after each test: a broken chain fails it. */
export async function requireWholeChain(complaintId: string): Promise<void> {
  const faults = await chainFaults(complaintId)
  if (faults.length > 0) throw new Error(`case ${complaintId}: ${faults.join(', ')}`)
}
