import { Download, FileText } from 'lucide-react'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { listStatementMonths } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { hrefWith } from '../../_console/params'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.statements'))('title') }
}

/** A statement per month of everything that moved, to save as PDF or CSV. */
export default async function StatementsPage() {
  const { merchantId } = await requireMerchantUser()
  const months = await listStatementMonths(db(), merchantId, new Date())
  const [t, format, lang] = [await getTranslations('merchant.statements'), await getFormatter(), await getLocale()]
  const nameOf = (from: Date) => format.dateTime(from, { year: 'numeric', month: 'long', timeZone: 'Asia/Shanghai' })
  return (
    <>
      <PageHeader title={t('title')} back={{ href: '/merchant/balance', label: t('back') }}>
        {t('intro')}
      </PageHeader>
      <Card flush>
        {months.length === 0 ? (
          <EmptyState icon={<FileText />} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        ) : (
          <ul>
            {months.map(({ name, from, running }) => (
              <li
                key={name}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0 sm:px-5"
              >
                <span>
                  <span className="me-3 font-medium">{nameOf(from)}</span>
                  {running && <Badge tone="amber">{t('running')}</Badge>}
                </span>
                <span className="flex gap-2">
                  {(['pdf', 'csv'] as const).map((kind) => (
                    <a
                      key={kind}
                      href={hrefWith(`/api/merchant/statements/${name}`, { format: kind, lang })}
                      download
                      aria-label={t(`${kind}Of`, { month: nameOf(from) })}
                      className={buttonClass({ variant: 'secondary', size: 'sm' })}
                    >
                      <Download aria-hidden />
                      {t(kind)}
                    </a>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <p className="mt-3 max-w-prose text-sm text-ink-soft">{t('zone')}</p>
    </>
  )
}
