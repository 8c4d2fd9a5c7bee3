import { getTranslations } from 'next-intl/server'
import { ComplaintsQuery, complaintFilter } from '@/app/[locale]/admin/complaints/query'
import { adminComplaints } from '@/lib/queries/admin'
import { type Exporter, csvOf } from './exporter'

/** Complaints with their clocks. */
export const complaintExports = {
  complaints: async (query, { locale, c }) => {
    const t = await getTranslations({ locale, namespace: 'adminComplaints' })
    const k = await getTranslations({ locale, namespace: 'case' })
    const f = await getTranslations({ locale, namespace: 'failures.name' })
    return csvOf(adminComplaints(complaintFilter(ComplaintsQuery.parse(query))), [
      { title: t('case'), text: (row) => row.number },
      { title: c('order'), text: (row) => row.order },
      { title: c('merchant'), text: (row) => row.merchant },
      { title: t('failure'), text: (row) => f(row.failure) },
      { title: t('demand'), text: (row) => k(`remedy.${row.demand}`) },
      { title: t('stake'), minor: (row) => row.stakeMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('status'), text: (row) => k(`state.${row.state}`) },
      { title: t('outcome'), text: (row) => row.outcome && k(`outcome.${row.outcome}`) },
      { title: t('openedAt'), at: (row) => row.openedAt },
      { title: t('repliedAt'), at: (row) => row.repliedAt },
      { title: t('escalatedAt'), at: (row) => row.escalatedAt },
      { title: c('closedAt'), at: (row) => row.closedAt },
    ])
  },
} satisfies Record<string, Exporter>
