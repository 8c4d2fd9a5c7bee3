import { getTranslations } from 'next-intl/server'
import { localText, offerName } from '@/app/[locale]/_console/local'
import { BatchesQuery, batchFilter } from '@/app/[locale]/admin/batches/query'
import { PairsQuery, pairFilter } from '@/app/[locale]/admin/pairs/query'
import { adminBatches, pairs } from '@/lib/queries/admin'
import { type Exporter, csvOf } from './exporter'

/** Batches, and codes that two merchants brought. */
export const stockExports = {
  batches: async (query, { locale }) => {
    const t = await getTranslations({ locale, namespace: 'batches' })
    return csvOf(adminBatches(batchFilter(BatchesQuery.parse(query))), [
      { title: t('fact.batchId'), text: (row) => row.id },
      { title: t('column.merchant'), text: (row) => row.merchant },
      { title: t('column.offer'), text: (row) => offerName(locale, row) },
      { title: t('column.category'), text: (row) => localText(locale, row.categoryZh, row.categoryEn) },
      { title: t('column.source'), text: (row) => t(`source.${row.source}`) },
      { title: t('column.proofs'), count: (row) => row.proofs },
      { title: t('column.review'), text: (row) => (row.bare ? t('bare') : t(`review.${row.review}`)) },
      { title: t('column.accepted'), count: (row) => row.acceptedCount },
      { title: t('column.uploadedAt'), at: (row) => row.createdAt },
      { title: t('frozen'), at: (row) => row.frozenAt },
      { title: t('retired'), at: (row) => row.retiredAt },
    ])
  },

  pairs: async (query, { locale }) => {
    const t = await getTranslations({ locale, namespace: 'batches.pairs' })
    return csvOf(pairs(pairFilter(PairsQuery.parse(query))), [
      { title: t('seenAt'), at: (row) => row.seenAt },
      { title: t('first'), text: (row) => row.firstMerchant },
      { title: `${t('first')}: ${t('cdk')}`, text: (row) => row.firstCdkId },
      { title: `${t('first')}: ${t('batch')}`, text: (row) => row.firstBatchId },
      { title: `${t('first')}: ${t('order')}`, text: (row) => row.firstOrder },
      { title: t('second'), text: (row) => row.merchant },
      { title: `${t('second')}: ${t('cdk')}`, text: (row) => row.cdkId ?? t('refusedAtImport') },
      { title: `${t('second')}: ${t('batch')}`, text: (row) => row.batchId },
      { title: `${t('second')}: ${t('order')}`, text: (row) => row.order },
      { title: t('handled'), at: (row) => row.handledAt },
      { title: t('note'), text: (row) => row.note },
    ])
  },
} satisfies Record<string, Exporter>
