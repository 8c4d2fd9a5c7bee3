import { useTranslations } from 'next-intl'
import { FormSelect, FormText } from '@/components/ui/action-form'
import { BATCH_SOURCES, type BatchFacts } from '@/lib/domain/stock-imports'
import { minorText } from '../minor-text'

interface Props {
  readonly facts: BatchFacts
  /** Days that the variant itself promises. */
  readonly promised: number | null
  /** Shared delivery: the most buyers of one code; null otherwise. */
  readonly seats: number | null
}

/** Where the codes come from, what they cost and what the source promises. */
export function BatchFactsFields({ facts, promised, seats }: Props) {
  const t = useTranslations('imports.facts')
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <FormSelect name="source" label={t('source')} hint={t('sourceHint')} defaultValue={facts.source}>
        {BATCH_SOURCES.map((source) => (
          <option key={source} value={source}>
            {t(`sources.${source}`)}
          </option>
        ))}
      </FormSelect>
      <FormText
        name="sourceNote"
        label={t('note')}
        hint={t('noteHint')}
        optional
        maxLength={500}
        defaultValue={facts.sourceNote ?? ''}
      />
      <FormText
        name="cost"
        label={t('cost')}
        hint={t('costHint')}
        optional
        inputMode="decimal"
        className="tabular-nums"
        defaultValue={minorText(facts.costMinor)}
      />
      <FormText
        name="validityDays"
        label={t('validity')}
        hint={promised === null ? t('validityHint') : t('validityOfVariant', { days: promised })}
        optional
        inputMode="numeric"
        className="tabular-nums"
        defaultValue={facts.validityDays ?? ''}
      />
      {seats !== null && (
        <FormText
          name="seats"
          label={t('seats')}
          hint={t('seatsHint', { most: seats })}
          inputMode="numeric"
          className="tabular-nums"
          defaultValue={facts.seats}
        />
      )}
    </div>
  )
}
