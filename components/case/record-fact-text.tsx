import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import type { RecordFact } from '@/lib/domain/complaints'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'

/** One fact of our own records, in a sentence with its time and figures. */
export function RecordFactText({ fact, view }: { fact: RecordFact; view: CaseView }) {
  const t = useTranslations('case.fact')
  const locale = useLocale()
  const money = (minor: number) => formatMoney(minor, view.currency, locale)
  const index = view.units.find((unit) => unit.cdkId === fact.cdkId)?.position ?? 0
  const at = () => <DateTime at={fact.at} style="second" />
  switch (fact.record) {
    case 'SOLD_BEFORE':
    case 'SEEN_BEFORE':
    case 'EXPORTED_BEFORE':
      return t.rich(fact.record, { index, at })
    case 'EXPIRED':
      return t.rich('EXPIRED', {
        index,
        at,
        days: fact.promisedDays,
        delivered: () => <DateTime at={fact.deliveredAt} style="second" />,
      })
    case 'ATTRIBUTES_DIFFER':
      return t('ATTRIBUTES_DIFFER', { index, promised: fact.promised, delivered: fact.delivered })
    case 'TWO_CAPTURES':
      return t.rich('TWO_CAPTURES', { at, amount: money(fact.amountMinor) })
    case 'CHARGED_MORE':
      return t('CHARGED_MORE', { agreed: money(fact.agreedMinor), charged: money(fact.chargedMinor) })
  }
}
