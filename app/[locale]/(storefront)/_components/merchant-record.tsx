import { useFormatter, useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DurationText } from '@/components/duration-text'
import { TextLink } from '@/components/text-link'
import { formatMoney } from '@/lib/kernel/money'
import { MOST_COUNTED_ORDERS, type MerchantWithRecord, RECORD_DAYS } from '@/lib/queries/storefront'

/** What became of a merchant's last 90 days: deliveries, complaints upheld, how soon he replies, penalties. Facts, no score. */
export function MerchantRecordFacts({ merchant: { slug, record }, heading: Heading = 'h3' }: Props) {
  const t = useTranslations('claims.record')
  const locale = useLocale()
  const format = useFormatter()
  const { delivered, opened, decided, upheld, replySeconds, penalties, penaltiesMinor } = record
  const share = format.number(decided === 0 ? 0 : upheld / decided, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <section className="mt-5 border-t border-line pt-4">
      <Heading className="mb-3 font-semibold">{t('title', { days: RECORD_DAYS })}</Heading>
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Fact term={t('delivered')}>
          {delivered >= MOST_COUNTED_ORDERS
            ? t('deliveredMany', { count: format.number(MOST_COUNTED_ORDERS) })
            : format.number(delivered)}
        </Fact>
        <Fact term={t('upheld')} hint={t('how')}>
          {decided === 0 ? t('upheldNone', { opened }) : t('upheldText', { upheld, decided, share })}
        </Fact>
        <Fact term={t('reply')}>{replySeconds === null ? t('noReply') : <DurationText seconds={replySeconds} />}</Fact>
        <Fact term={t('penalties')}>
          {penalties === 0
            ? t('penaltiesNone')
            : t('penaltiesText', { count: penalties, amount: formatMoney(penaltiesMinor, 'CNY', locale) })}
        </Fact>
      </dl>
      <p className="mt-3">
        <TextLink href={`/penalties?merchant=${slug}`}>{t('look')}</TextLink>
      </p>
    </section>
  )
}

interface Props {
  merchant: MerchantWithRecord
  /** Below the title of the card that it stands in. */
  heading?: 'h2' | 'h3'
}

function Fact({ term, hint, children }: { term: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{term}</dt>
      <dd className="tabular-nums">{children}</dd>
      {hint && <dd className="text-2xs text-ink-soft">{hint}</dd>}
    </div>
  )
}
