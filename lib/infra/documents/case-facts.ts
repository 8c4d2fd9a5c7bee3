import type { RecordFact } from '@/lib/domain/complaints'
import type { CaseDesk } from './case-words'

/** One fact of our own records in a sentence, as the case's page says it. */
export function factLine({ document, words, money, at }: CaseDesk, fact: RecordFact): string {
  const when = (moment: string) => () => at(new Date(moment))
  const index = document.units.find((unit) => unit.cdkId === fact.cdkId)?.position ?? 0
  switch (fact.record) {
    case 'SOLD_BEFORE':
    case 'SEEN_BEFORE':
    case 'EXPORTED_BEFORE':
      return words.markup(`fact.${fact.record}`, { index, at: when(fact.at) })
    case 'EXPIRED':
      return words.markup('fact.EXPIRED', {
        index,
        at: when(fact.at),
        days: fact.promisedDays,
        delivered: when(fact.deliveredAt),
      })
    case 'ATTRIBUTES_DIFFER':
      return words('fact.ATTRIBUTES_DIFFER', { index, promised: fact.promised, delivered: fact.delivered })
    case 'TWO_CAPTURES':
      return words.markup('fact.TWO_CAPTURES', { at: when(fact.at), amount: money(fact.amountMinor) })
    case 'CHARGED_MORE':
      return words('fact.CHARGED_MORE', { agreed: money(fact.agreedMinor), charged: money(fact.chargedMinor) })
  }
}
