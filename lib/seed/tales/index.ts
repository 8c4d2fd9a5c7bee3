import { badBatch } from './bad-batch'
import {
  lostAppeal,
  replacedOne,
  ruledForBuyer,
  silentMerchant,
  waitingForMerchant,
  waitingForRuling,
} from './complaints'
import { awaited, deliveredByHand, deliveredInPart, ranOut, sharedCode } from './deliveries'
import { usedCoupons } from './coupons'
import { frozenBatch } from './frozen-batch'
import { lostDispute, openDisputeOfZhao, wonDispute } from './disputes'
import { deadEvent, strayPayments, wrongAmounts } from './payments'
import { goodwill, oneOfThree, refundThatArrives, refundThatFails, twoAfterRelease } from './refunds'
import type { Tale } from './stage'
import { chensTwoPurses, linsWallet, mayasMoneyBack } from './wallets'

export { type Tale, stageOf } from './stage'

/**
 * What happens once in the demo mall, behind the common orders. Tales of one row come one after the other: the first row's
 * let the bank do what it does by itself, for disputes as for refunds, each at its own time.
 */
export const TALES: readonly (readonly Tale[])[] = [
  [wonDispute, lostDispute, openDisputeOfZhao, refundThatArrives, refundThatFails],
  [usedCoupons],
  [linsWallet],
  [chensTwoPurses, mayasMoneyBack],
  [oneOfThree, twoAfterRelease, goodwill],
  [wrongAmounts, deadEvent],
  [strayPayments, badBatch],
  [frozenBatch],
  [deliveredByHand, deliveredInPart, ranOut, awaited, sharedCode],
  [replacedOne, silentMerchant, ruledForBuyer, lostAppeal, waitingForMerchant, waitingForRuling],
]
