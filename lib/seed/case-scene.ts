import {
  type Failure,
  type Remedy,
  acceptComplaint,
  contestComplaint,
  endRuled,
  escalateComplaint,
  grantBySilence,
  openAndRule,
  sayInCase,
} from '@/lib/domain/complaints'
import {
  type RulingInput,
  appealComplaint,
  assignWaiting,
  proposalOf,
  ruleAppeal,
  ruleComplaint,
  signRuling,
} from '@/lib/domain/arbitration'
import { buyerKeyOf } from '@/lib/domain/coupons'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { invariant } from '@/lib/kernel/invariant'
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { openEvidence, receivePart } from '@/lib/domain/evidence'
import { screenshot } from './screenshot'
import type { Mall } from './mall'
import { once } from './once'
import type { Scene } from './scene'

export interface Complained {
  readonly failure: Failure
  readonly demand: Remedy
  /** How many of the order's CDKs. */
  readonly units: number
  readonly statement: string
}

type Ruled = Pick<RulingInput, 'reasons' | 'tariffs'> & { readonly result: UnitResult }

/**
 * A complaint about the first order of a scene, told step by step. Every step may be played again: a case that has moved on is passed over.
 */
export async function openCase({ db, run, vault, evidence }: Mall, scene: Scene, told: Complained) {
  const orderId = scene.orderAt(0)
  const { merchantId, checkout } = await db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: {
      merchantId: true,
      checkout: { select: { buyerId: true, email: true } },
    },
  })
  const owner = await db.user.findFirstOrThrow({ where: { merchantId }, orderBy: { id: 'asc' }, select: { id: true } })
  const merchant: Actor = { kind: 'MERCHANT', id: owner.id }
  const known = await db.complaint.findFirst({ where: { orderId }, select: { id: true } })
  const opened = scene.wait(20 * MINUTE_MS, 3 * HOUR_MS)
  if (!known) {
    const cdks = await db.cdk.findMany({
      where: { orderId, state: 'DELIVERED' },
      orderBy: { id: 'asc' },
      take: told.units,
      select: { id: true },
    })
    const { failure, demand, statement } = told
    const input = { orderId, failure, demand, statement, demandMinor: null, cdkIds: cdks.map(({ id }) => id) }
    const who = { buyerId: checkout.buyerId, buyerKey: buyerKeyOf(checkout) }
    await run((tx) => openAndRule(tx, { ...input, ...who }, scene.buyer, opened))
  }
  const found = await db.complaint.findFirst({ where: { orderId }, select: { id: true } })
  invariant(found, `order ${orderId} has its complaint`)
  const complaintId = found.id
  const verb = (work: (tx: Tx) => Promise<unknown>) => once(() => run(work))
  const read = () =>
    db.complaint.findUniqueOrThrow({ where: { id: complaintId }, include: { units: { orderBy: { cdkId: 'asc' } } } })

  const say = async (text: string, actor: Actor) => {
    const now = scene.wait(8 * MINUTE_MS, 90 * MINUTE_MS)
    const said = await db.caseEntry.count({
      where: { complaintId, type: 'message', body: { path: ['text'], equals: text } },
    })
    if (said === 0) await verb((tx) => sayInCase(tx, { complaintId, text }, actor, now))
  }

  const ruling = async ({ result, reasons, tariffs }: Ruled) => {
    const { units } = await read()
    return {
      complaintId,
      units: units.map(({ cdkId }) => ({ cdkId, result })),
      compensationMinor: 0,
      reasons,
      tariffs,
    }
  }

  return {
    buyerSays: async (text: string) => say(text, scene.buyer),
    /** The buyer's screenshot. */
    async show(fileName: string) {
      const now = scene.wait(5 * MINUTE_MS, 20 * MINUTE_MS)
      if ((await db.evidenceFile.count({ where: { complaintId, fileName, state: 'READY' } })) > 0) return
      const bytes = screenshot()
      const file = { complaintId, side: 'BUYER', kind: 'ISSUER_MESSAGE', fileName, byteCount: bytes.length } as const
      const fileId = await run((tx) => openEvidence(tx, vault, file, scene.buyer, now))
      await receivePart(evidence, { fileId, offset: 0, bytes: whole(bytes) }, now)
    },
    merchantSays: async (text: string) => say(text, merchant),
    async accept(result: 'REFUNDED' | 'REPLACED') {
      const now = scene.wait(HOUR_MS, 6 * HOUR_MS)
      const units = (await read()).units.map(({ cdkId }) => ({ cdkId, result }))
      await verb((tx) => acceptComplaint(tx, { merchantId, complaintId, units }, merchant, now))
      await scene.settle()
    },
    async contest(text: string) {
      const now = scene.wait(HOUR_MS, 8 * HOUR_MS)
      await verb((tx) => contestComplaint(tx, { merchantId, complaintId, text }, merchant, now))
    },
    async escalate() {
      const now = scene.wait(HOUR_MS, 5 * HOUR_MS)
      await verb((tx) => escalateComplaint(tx, { complaintId }, scene.buyer, now))
    },
    /** The merchant's time ran out some seconds ago. */
    async letClockGrant() {
      const { dueAt, state } = await read()
      if (state === 'OPEN' && dueAt) {
        await verb((tx) => grantBySilence(tx, complaintId, after(dueAt, 4 * SECOND_MS)))
      }
      await scene.settle()
    },
    /** Arbitrators are drawn. */
    async draw() {
      await draw(scene.wait(2 * MINUTE_MS))
    },
    /** Arbitrators are drawn, and the one whose turn it is rules. */
    async rule(ruled: Ruled) {
      const now = scene.wait(5 * HOUR_MS, 30 * HOUR_MS)
      await draw(after(now, -4 * HOUR_MS))
      const { state, arbitratorId } = await read()
      if (state !== 'ESCALATED' || arbitratorId === null) return
      const input = await ruling(ruled)
      await verb((tx) => ruleComplaint(tx, input, { kind: 'ARBITRATOR', id: arbitratorId }, now))
      await sign()
      await scene.settle()
    },
    /** Nobody appealed in time. */
    async letAppealTimeEnd() {
      const { dueAt, state } = await read()
      if (state === 'RULED' && dueAt) await verb((tx) => endRuled(tx, complaintId, after(dueAt, 5 * SECOND_MS)))
    },
    async appeal(reasons: string) {
      const now = scene.wait(3 * HOUR_MS, 40 * HOUR_MS)
      await verb((tx) => appealComplaint(tx, { complaintId, reasons }, scene.buyer, now))
    },
    async ruleAppeal(ruled: Ruled) {
      const now = scene.wait(10 * HOUR_MS, 40 * HOUR_MS)
      await draw(after(now, -8 * HOUR_MS))
      const { state, appealArbitratorId } = await read()
      if (state !== 'APPEALED' || appealArbitratorId === null) return
      const input = await ruling(ruled)
      await verb((tx) => ruleAppeal(tx, input, { kind: 'ARBITRATOR', id: appealArbitratorId }, now))
      await scene.settle()
    },
  }

  /** Above an amount a second one signs. */
  async function sign(): Promise<void> {
    const now = scene.wait(2 * HOUR_MS, 9 * HOUR_MS)
    const found = await read()
    const { secondId } = found
    const proposal = proposalOf(found)
    if (!proposal || secondId === null) return
    const input = { complaintId, proposalId: proposal.id }
    await verb((tx) => signRuling(tx, input, { kind: 'ARBITRATOR', id: secondId }, now))
  }

  async function draw(now: Date): Promise<void> {
    await assignWaiting(run, now, (error) => {
      throw error
    })
  }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes)
}
