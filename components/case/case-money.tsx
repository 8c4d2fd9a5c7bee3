import { useTranslations } from 'next-intl'
import { MoneyStrip } from '@/components/money-strip'
import type { CaseView } from '@/lib/queries/case'

const READERS = { BUYER: 'buyer', MERCHANT: 'merchant', STAFF: 'operator' } as const

/** 钱在哪里 of the case's order, from the ledger; says that the release is paused while it is. */
export function CaseMoney({ view: { money, currency, holds, order, side } }: { view: CaseView }) {
  const t = useTranslations('case.money')
  const { buyerMinor, heldMinor, merchantMinor, feeMinor, refundingMinor } = money
  const paused = order.frozenAt ? t('frozen') : holds ? t('paused') : null
  return (
    <MoneyStrip
      {...{ buyerMinor, heldMinor, merchantMinor, feeMinor, refundingMinor, currency }}
      lit={heldMinor > 0 ? 'held' : merchantMinor > 0 ? 'merchant' : 'buyer'}
      reader={READERS[side]}
      next={paused === null ? undefined : { text: paused }}
    />
  )
}
