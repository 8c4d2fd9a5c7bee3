import { openCase } from '@/lib/seed/case-scene'
import { type Stage, type Tale, some } from './stage'

/** A paid and looked at order, to be complained about. */
async function bought(stage: Stage, told: Parameters<Stage['open']>[0]) {
  const scene = await stage.open(told)
  await scene.pay()
  await scene.reveal()
  return scene
}

/** One of five codes is unknown to its issuer: the merchant replaces it from stock within hours. */
export const replacedOne: Tale = async (stage) => {
  const lines = [some(5, '青柠视频 黄金会员激活码')]
  const scene = await bought(stage, { name: 'case-replaced', who: 'amy', daysAgo: 12, lines })
  const told = {
    failure: 'INVALID',
    demand: 'REPLACEMENT',
    units: 1,
    statement: '官网提示“兑换码不存在”，其余四个都成功了，截图在这里。',
  } as const
  const dispute = await openCase(stage.mall, scene, told)
  await dispute.show('兑换失败.png')
  await dispute.merchantSays('你好，我们马上核对这一个，请稍等。')
  await dispute.accept('REPLACED')
  await scene.confirm()
}

/** A used code, and a merchant who says nothing: the clock refunds, and his deposit pays for the silence. */
export const silentMerchant: Tale = async (stage) => {
  const lines = [some(1, '码坊 Codeloft IDE 个人年度授权')]
  const scene = await bought(stage, { name: 'case-silence', who: 'zhao', daysAgo: 9, lines })
  const told = {
    failure: 'ALREADY_USED',
    demand: 'REFUND',
    units: 1,
    statement: '激活时提示授权码已绑定其他账号，我是第一次使用。',
  } as const
  await (await openCase(stage.mall, scene, told)).letClockGrant()
}

/** Contested, ruled for the buyer, with a penalty from the deposit. */
export const ruledForBuyer: Tale = async (stage) => {
  const lines = [some(2, '影格 Framelab 剪辑 专业版授权')]
  const scene = await bought(stage, { name: 'case-for-buyer', who: 'chen', daysAgo: 16, lines })
  const told = {
    failure: 'ALREADY_USED',
    demand: 'REFUND',
    units: 2,
    statement: '两个授权码都提示“已达到设备上限”，我只有一台电脑，第一次激活就失败。',
  } as const
  const dispute = await openCase(stage.mall, scene, told)
  await dispute.contest('我们的授权码都是一次一码，请提供激活时的完整截图或录屏。')
  await dispute.show('激活失败.png')
  await dispute.buyerSays('截图已上传，时间与订单页面的查看记录一致。')
  await dispute.escalate()
  await dispute.rule({
    result: 'REFUNDED',
    reasons: '截图与查看记录一致，显示首次激活即提示已达到设备上限；商家未能提供发行方的激活历史，应承担举证责任。',
    tariffs: ['USED_CDK'],
  })
  await dispute.letAppealTimeEnd()
}

/** Ruled for the merchant; the buyer appeals, and another arbitrator says the same. */
export const lostAppeal: Tale = async (stage) => {
  const lines = [some(1, '雾都侦探社 PC 激活码')]
  const scene = await bought(stage, { name: 'case-appeal', who: 'qiu', daysAgo: 18, lines })
  const told = {
    failure: 'NOT_AS_DESCRIBED',
    demand: 'REFUND',
    units: 1,
    statement: '游戏没有我想要的中文配音，商品页没有写清楚。',
  } as const
  const dispute = await openCase(stage.mall, scene, told)
  await dispute.contest('商品页写明“中文字幕、英文配音”，下单时的快照里也有这一行。')
  await dispute.escalate()
  await dispute.rule({
    result: 'REJECTED',
    reasons: '订单快照中的商品描述写明配音语言为英文，交付内容与描述一致；个人期待不属于不符描述。',
    tariffs: [],
  })
  await dispute.appeal('我认为页面上配音语言的字太小，没有尽到提示义务，请另一位仲裁员复核。')
  await dispute.ruleAppeal({
    result: 'REJECTED',
    reasons: '复核快照与页面：配音语言位于规格表第二行，与其他参数同样醒目。维持原裁决。',
    tariffs: [],
  })
  await scene.autoConfirm()
}

/** Opened three hours ago: the merchant has not replied yet. */
export const waitingForMerchant: Tale = async (stage) => {
  const lines = [some(3, '山海行 元宝点卡（官方充值码）')]
  const scene = await bought(stage, { name: 'case-open', who: 'lin', daysAgo: 0.2, lines })
  const told = {
    failure: 'INVALID',
    demand: 'REPLACEMENT',
    units: 1,
    statement: '充值页提示“卡号无效”，另外两张都到账了。',
  } as const
  await (await openCase(stage.mall, scene, told)).show('卡号无效.png')
}

/** With the arbitrators since yesterday, one with each of the first three. */
export const waitingForRuling: Tale = async (stage) => {
  const tell = async (name: string, who: string, title: string, statement: string) => {
    const scene = await bought(stage, { name, who, daysAgo: 1.6, lines: [some(1, title)] })
    const told = { failure: 'ALREADY_USED', demand: 'REFUND', units: 1, statement } as const
    const dispute = await openCase(stage.mall, scene, told)
    await dispute.contest('出库记录显示该码从未交付给他人，请提供官方客服的激活时间查询结果。')
    await dispute.show('官方客服回复.png')
    await dispute.buyerSays('官方客服的回复已上传：激活时间在我购买之前。')
    await dispute.escalate()
    await dispute.draw()
  }
  await tell('case-ruling-1', 'maya', '深海回声 PC 激活码', '激活平台提示该激活码已在其他账号使用。')
  await tell('case-ruling-2', 'amy', '末班星轨 双平台激活码', '兑换时提示已被兑换，我是第一次使用。')
  await tell('case-ruling-3', 'zhao', '小港日和 豪华同捆激活码', '平台提示该激活码已绑定另一个账号。')
}
