import { useLocale, useTranslations } from 'next-intl'
import { MoneyStrip } from '@/components/money-strip'
import { formatMoney } from '@/lib/kernel/money'
import type { RulingEffect } from '@/lib/queries/arbitration'
import type { CaseView } from '@/lib/queries/case'
import { Fact, Facts } from '../../_console/facts'

/** What a ruling does to the money, on the strip and in figures, before it is signed. */
export function EffectFacts({ view: { currency }, effect }: { view: CaseView; effect: RulingEffect }) {
  const t = useTranslations('arbitration.effect')
  const locale = useLocale()
  const { after, replaced, short } = effect
  const amounts = [
    ['refund', effect.refundedMinor],
    ['compensation', effect.compensationMinor],
    ['penalty', effect.penaltyMinor],
    ['repaid', effect.repaidMinor],
    ['returned', effect.returnedMinor],
  ] as const
  const moved = amounts.filter(([, minor]) => minor > 0)
  return (
    <div className="grid gap-4">
      <MoneyStrip
        buyerMinor={after.buyerMinor}
        heldMinor={after.heldMinor}
        merchantMinor={after.merchantMinor}
        feeMinor={after.feeMinor}
        refundingMinor={after.refundingMinor}
        currency={currency}
        lit={after.heldMinor > 0 ? 'held' : after.merchantMinor > 0 ? 'merchant' : 'buyer'}
        reader="operator"
        next={{ text: t('then') }}
      />
      {moved.length === 0 && replaced === 0 ? (
        <p>{t('nothing')}</p>
      ) : (
        <Facts>
          {moved.map(([name, minor]) => (
            <Fact key={name} term={t(name)}>
              <span className="tabular-nums">{formatMoney(minor, currency, locale)}</span>
            </Fact>
          ))}
          {replaced > 0 && <Fact term={t('replaced')}>{t('count', { count: replaced })}</Fact>}
          {short > 0 && <Fact term={t('short')}>{t('count', { count: short })}</Fact>}
        </Facts>
      )}
    </div>
  )
}
