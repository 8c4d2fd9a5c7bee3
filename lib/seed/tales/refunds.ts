import { settleDue } from '@/lib/bank/settle-due'
import { settleRefund } from '@/lib/domain/payments'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { bankDesk } from '@/lib/seed/bank-desk'
import type { Scene } from '@/lib/seed/scene'
import { type Stage, type Tale, some } from './stage'

/** One code of three did not work: its price goes back before the rest is confirmed. */
export const oneOfThree: Tale = async (stage) => {
  const lines = [some(3, '表叔 Sheetwise 表格插件 终身码')]
  const scene = await stage.open({ name: 'refund-one-of-three', who: 'zhao', daysAgo: 11, lines })
  await scene.pay()
  await scene.reveal()
  await scene.refund('code-invalid', { cdkIds: await cdksOf(stage, scene, 1) })
  await scene.confirm()
}

/** Two codes of five stopped working after the money was released: the merchant bears them. */
export const twoAfterRelease: Tale = async (stage) => {
  const lines = [some(5, '听潮音乐 高品质会员兑换码'), some(1, '青柠视频 黄金会员激活码')]
  const scene = await stage.open({ name: 'refund-after-release', who: 'maya', daysAgo: 8, lines })
  await scene.pay()
  await scene.reveal()
  await scene.confirm()
  await scene.refund('code-invalid', { cdkIds: await cdksOf(stage, scene, 2) })
}

/** Nothing was wrong with the codes; the merchant gives something back all the same, twice. */
export const goodwill: Tale = async (stage) => {
  const lines = [some(2, '时光影城 通用电影票兑换码')]
  const scene = await stage.open({ name: 'refund-goodwill', who: 'amy', daysAgo: 7, lines })
  await scene.pay()
  await scene.refund('merchant-agreed', { amountMinor: 500 })
  await scene.reveal()
  await scene.confirm()
  await scene.refund('merchant-agreed', { amountMinor: 300 }, { beforeMinor: 500 })
}

/** The payer's account is closed: three attempts failed, and the money waits with us for an operator. */
export const refundThatFails: Tale = async (stage) => {
  const lines = [some(1, '蓝盾 BlueAegis 家庭安全 一年授权')]
  const scene = await stage.open({ name: 'refund-fails', who: 'qiu', daysAgo: 2, lines })
  await scene.pay({ refunds: 'fail-always' })
  await scene.refund('merchant-agreed')
  for (let attempt = 0; attempt < 3; attempt++) await followRefund(stage, scene)
}

/** The first attempt fails, the second arrives. */
export const refundThatArrives: Tale = async (stage) => {
  const lines = [some(1, '雾都侦探社 PC 激活码')]
  const scene = await stage.open({ name: 'refund-at-second-try', who: 'amy', daysAgo: 5, lines })
  await scene.pay({ refunds: 'fail' })
  await scene.refund('already-used')
  await followRefund(stage, scene)
  await followRefund(stage, scene)
}

/** The bank ends what is pending there and calls back; an hour later the mall tries anew. */
async function followRefund({ mall }: Stage, scene: Scene): Promise<void> {
  const { db, run } = mall
  const desk = bankDesk(mall, scene.wait(5 * SECOND_MS))
  await settleDue(desk.bank)
  await desk.tell(await scene.payment())
  const refund = await db.refund.findFirst({
    where: { status: 'PENDING', payment: { checkoutId: scene.checkoutId } },
    select: { id: true },
  })
  const now = scene.wait(61 * MINUTE_MS)
  if (refund) await settleRefund(run, bankDesk(mall, after(now, SECOND_MS)).providers, refund.id, after(now, SECOND_MS))
}

async function cdksOf({ mall }: Stage, scene: Scene, count: number): Promise<string[]> {
  const cdks = await mall.db.cdk.findMany({
    where: { orderId: scene.orderAt(0), state: 'DELIVERED' },
    orderBy: { id: 'asc' },
    take: count,
    select: { id: true },
  })
  return cdks.map(({ id }) => id)
}
