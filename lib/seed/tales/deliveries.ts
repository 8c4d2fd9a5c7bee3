import { codesOf } from '@/lib/seed/codes'
import { diceFor } from '@/lib/seed/dice'
import { type Tale, some } from './stage'

const BY_HAND = '栈云 Stackloud 企业版邀请码（人工开通）'
const SHARED = '萤火影院 家庭共享会员码'

const typed = (name: string, count: number) => codesOf('token', count, diceFor('hand', name)).split('\n')

/** Paid, delivered by the merchant's hand an hour later, confirmed. */
export const deliveredByHand: Tale = async (stage) => {
  const scene = await stage.open({ name: 'by-hand', who: 'lin', daysAgo: 9, lines: [some(2, BY_HAND)] })
  await scene.pay()
  await scene.deliver(typed('by-hand', 2))
  await scene.reveal()
  await scene.confirm()
}

/** Three were wanted and two could be had: the third is refunded with the delivery. */
export const deliveredInPart: Tale = async (stage) => {
  const scene = await stage.open({ name: 'by-hand-in-part', who: 'amy', daysAgo: 0.6, lines: [some(3, BY_HAND)] })
  await scene.pay()
  await scene.deliver(typed('by-hand-in-part', 2))
}

/** The merchant never came: refunded in full, with the penalty. */
export const ranOut: Tale = async (stage) => {
  const scene = await stage.open({ name: 'by-hand-too-late', who: 'zhao', daysAgo: 5, lines: [some(1, BY_HAND, 1)] })
  await scene.pay()
  await scene.failDelivery()
}

/** Waits for the merchant at this moment. */
export const awaited: Tale = async (stage) => {
  const scene = await stage.open({ name: 'by-hand-awaited', who: 'maya', daysAgo: 0.05, lines: [some(1, BY_HAND, 1)] })
  await scene.pay()
}

/** Two buyers of one shared code. */
export const sharedCode: Tale = async (stage) => {
  for (const who of ['qiu', 'zhao']) {
    const scene = await stage.open({ name: `shared-${who}`, who, daysAgo: 0.5, lines: [some(1, SHARED)] })
    await scene.pay()
    await scene.reveal()
  }
}
