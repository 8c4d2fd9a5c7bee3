import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Card } from '@/components/ui/card'
import { BatchFacts } from '@/lib/domain/stock-imports'
import type { MerchantImport } from '@/lib/queries/merchant'
import { ImportChoices } from '@/lib/stock-files'
import { Fact, Facts } from '../../../../_console/facts'

/** How an import was set up: what was read how, and what was said of the batch. */
export function ImportSettings({ found }: { found: MerchantImport }) {
  const t = useTranslations('imports')
  const p = useTranslations('upload.preview')
  const number = new Intl.NumberFormat(useLocale())
  const choices = ImportChoices.safeParse(found.choices).data
  const { source, sourceNote, costMinor, validityDays, seats } = BatchFacts.parse(found.batchFacts)
  return (
    <Card title={t('settings')}>
      <Facts>
        <Fact term={t('column.uploadedAt')}>
          <DateTime at={found.createdAt} /> {found.uploadedBy}
        </Fact>
        {found.finishedAt && (
          <Fact term={t('endedAt')}>
            <DateTime at={found.finishedAt} style="second" />
          </Fact>
        )}
        {choices && (
          <Fact term={p('format')}>
            {p(`formats.${choices.shape.format}`)}
            {choices.shape.format !== 'xlsx' && ` · ${p(`encodings.${choices.shape.encoding}`)}`}
          </Fact>
        )}
        <Fact term={t('howTaken')}>{t(found.allOrNothing ? 'allOrNothing' : 'takeGood')}</Fact>
        <Fact term={t('facts.source')}>
          {t(`facts.sources.${source}`)}
          {sourceNote !== null && ` · ${sourceNote}`}
        </Fact>
        {costMinor !== null && (
          <Fact term={t('facts.costShort')}>
            <Money minor={costMinor} currency={found.currency} />
          </Fact>
        )}
        {validityDays !== null && <Fact term={t('facts.validity')}>{number.format(validityDays)}</Fact>}
        {seats > 1 && <Fact term={t('facts.seats')}>{number.format(seats)}</Fact>}
      </Facts>
    </Card>
  )
}
