import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { localText } from '@/app/[locale]/_console/local'
import { ComplaintQuery, filterOf } from '@/app/[locale]/merchant/complaints/query'
import { routing } from '@/i18n/routing'
import { db } from '@/lib/infra/db'
import { type CsvColumn, toCsv } from '@/lib/infra/documents'
import { Refusal } from '@/lib/kernel/refusal'
import { type MerchantComplaintRow, exportMerchantComplaints } from '@/lib/queries/merchant'
import { csvResponse } from '@/lib/web/download'
import { limit } from '@/lib/web/rate-limit'
import { currentUser } from '@/lib/web/session'

/** The merchant's complaints as CSV, with the queue's own filters; nobody else gets more than a 404. */
export async function GET(request: Request): Promise<Response> {
  const merchantId = (await currentUser())?.merchantId
  if (!merchantId) return new Response(null, { status: 404 })
  try {
    await limit('export:merchant', merchantId)
  } catch (error) {
    if (error instanceof Refusal) return new Response(null, { status: 429, headers: { 'Retry-After': '900' } })
    throw error
  }
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const locale = hasLocale(routing.locales, query.locale) ? query.locale : routing.defaultLocale
  const complaints = exportMerchantComplaints(db(), merchantId, filterOf(ComplaintQuery.parse(query)))
  const t = await getTranslations({ locale, namespace: 'claims.column' })
  const c = await getTranslations({ locale, namespace: 'case' })
  const f = await getTranslations({ locale, namespace: 'failures.name' })
  const columns: CsvColumn<MerchantComplaintRow>[] = [
    { title: t('case'), text: ({ number }) => number },
    { title: t('order'), text: ({ orderNumber }) => orderNumber },
    { title: t('product'), text: ({ titleZh, titleEn }) => localText(locale, titleZh, titleEn) },
    { title: t('failure'), text: ({ failure }) => f(failure) },
    { title: t('units'), count: ({ units }) => units },
    { title: t('demand'), text: ({ demand }) => c(`remedy.${demand}`) },
    { title: t('stake'), minor: ({ stakeMinor }) => stakeMinor },
    { title: t('state'), text: ({ state }) => c(`state.${state}`) },
    { title: t('outcome'), text: ({ outcome }) => (outcome ? c(`outcome.${outcome}`) : '') },
    { title: t('opened'), at: ({ openedAt }) => openedAt },
    { title: t('replied'), at: ({ repliedAt }) => repliedAt },
    { title: t('deadline'), at: ({ dueAt }) => dueAt },
    { title: t('closed'), at: ({ closedAt }) => closedAt },
  ]
  return csvResponse('keybond-complaints.csv', toCsv(columns, complaints))
}
