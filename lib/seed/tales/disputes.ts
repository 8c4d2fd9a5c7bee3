import { decideDispute } from '@/lib/bank/decide-dispute'
import { type DisputeReason, openDispute } from '@/lib/bank/open-dispute'
import { submitEvidence } from '@/lib/domain/disputes'
import { DAY_MS, HOUR_MS } from '@/lib/kernel/time'
import { bankDesk } from '@/lib/seed/bank-desk'
import { once } from '@/lib/seed/once'
import type { Scene } from '@/lib/seed/scene'
import { type Stage, type Tale, some } from './stage'

/** Disputed yesterday: the order is frozen, the evidence staged, and an operator has days to look at it. */
export const openDisputeOfZhao: Tale = async (stage) => {
  const lines = [some(1, '墨写 Inkwrite 5 写作软件 授权码')]
  const scene = await aPaidScene(stage, { name: 'dispute-open', who: 'zhao', daysAgo: 2.5, lines })
  scene.wait(20 * HOUR_MS)
  await dispute(stage, scene, 'fraudulent')
}

/** The log said when the code was looked at: the shop won. */
export const wonDispute: Tale = async (stage) => {
  const lines = [some(1, '知行课堂 Python 数据分析 36 讲')]
  const scene = await aPaidScene(stage, { name: 'dispute-won', who: 'chen', daysAgo: 21, lines })
  await scene.confirm()
  scene.wait(DAY_MS)
  await dispute(stage, scene, 'product-not-received')
  await answer(stage, scene)
  await decide(stage, scene, 'shop')
}

/** The payer got the money back: the merchant bears it, the platform gives its fee back. */
export const lostDispute: Tale = async (stage) => {
  const lines = [some(1, '知行课堂 日语 N2 冲刺营')]
  const scene = await aPaidScene(stage, { name: 'dispute-lost', who: 'amy', daysAgo: 17, lines })
  await scene.confirm()
  scene.wait(2 * DAY_MS)
  await dispute(stage, scene, 'product-unacceptable')
  await answer(stage, scene)
  await decide(stage, scene, 'payer')
}

async function aPaidScene(stage: Stage, told: Parameters<Stage['open']>[0]): Promise<Scene> {
  const scene = await stage.open(told)
  await scene.pay()
  await scene.reveal()
  return scene
}

async function dispute({ mall }: Stage, scene: Scene, reason: DisputeReason): Promise<void> {
  const desk = bankDesk(mall, scene.wait(HOUR_MS))
  const { captureRef } = await mall.db.payment.findFirstOrThrow({
    where: { checkoutId: scene.checkoutId, use: 'APPLIED' },
    select: { captureRef: true },
  })
  await openDispute(desk.bank, captureRef, reason)
  await desk.tell(await scene.payment())
}

/** An operator hands the evidence in. */
async function answer({ mall, cast }: Stage, scene: Scene): Promise<void> {
  const now = scene.wait(5 * HOUR_MS)
  const { id } = await disputeOf(mall, scene)
  const operator = { kind: 'OPERATOR', id: cast.operatorId } as const
  await once(() => submitEvidence(mall.run, bankDesk(mall, now).provider, id, operator, now))
}

async function decide({ mall }: Stage, scene: Scene, winner: 'payer' | 'shop'): Promise<void> {
  const desk = bankDesk(mall, scene.wait(4 * DAY_MS))
  const { disputeRef } = await disputeOf(mall, scene)
  await decideDispute(desk.bank, disputeRef, winner)
  await desk.tell(await scene.payment())
}

async function disputeOf({ db }: Stage['mall'], { checkoutId }: Scene) {
  return db.dispute.findFirstOrThrow({ where: { payment: { checkoutId } }, select: { id: true, disputeRef: true } })
}
