import type { Metadata } from 'next'
import { ShieldCheck } from 'lucide-react'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { TextLink } from '@/components/text-link'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { PENALTY_TARIFF, TARIFFS } from '@/lib/domain/merchants'
import { db } from '@/lib/infra/db'
import { listPenalties } from '@/lib/queries/storefront'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'

const PATH = '/penalties'

const Query = z.object({
  merchant: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/u)
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('claims.penaltiesPage')
  return pageMetadata({
    title: t('title'),
    description: t('metaDescription'),
    path: PATH,
    locale: await getLocale(),
  })
}

/** The tariff and every penalty, for everybody: whose, for what, how much, when; nothing of buyers. */
export default async function PenaltiesPage({ searchParams }: Props) {
  const { merchant: slug, page } = Query.parse(await searchParams)
  const list = await listPenalties(db(), slug, page)
  const t = await getTranslations('claims.penaltiesPage')
  const c = await getTranslations('claims')
  const format = await getFormatter()
  const name = slug === undefined ? undefined : (list.rows[0]?.merchant ?? slug)
  const title = name === undefined ? t('list') : t('ofMerchant', { name })
  const hrefOf = (to: number) => {
    const query = new URLSearchParams(slug === undefined ? {} : { merchant: slug })
    if (to > 1) query.set('page', String(to))
    return query.size === 0 ? PATH : `${PATH}?${query.toString()}`
  }
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <div className="grid gap-8">
        <Card title={t('tariff')} flush>
          <p className="px-4 pb-3 text-ink-soft sm:px-5">{t('tariffIntro')}</p>
          <Table caption={t('tariff')}>
            <Thead>
              <Th>{t('name')}</Th>
              <Th numeric>{t('share')}</Th>
              <Th numeric>{t('least')}</Th>
            </Thead>
            <Tbody>
              {TARIFFS.map((tariff) => (
                <Tr key={tariff}>
                  <Td>
                    <span className="block">
                      <b className="font-semibold">{c(`tariff.${tariff}`)}</b>
                      <span className="block text-sm text-ink-soft">
                        {c(`tariffText.${tariff}`)}
                        {tariff === 'LATE_DELIVERY' && ` (${t('perOrder')})`}
                      </span>
                    </span>
                  </Td>
                  <Td label={t('share')} numeric>
                    {format.number(PENALTY_TARIFF[tariff].bps / 10_000, { style: 'percent' })}
                  </Td>
                  <Td label={t('least')} numeric>
                    <Money minor={PENALTY_TARIFF[tariff].leastMinor} />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
        <div>
          <Card title={title} flush action={slug !== undefined && <TextLink href={PATH}>{t('everybody')}</TextLink>}>
            {list.rows.length === 0 ? (
              <EmptyState icon={<ShieldCheck />} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            ) : (
              <Table caption={title}>
                <Thead>
                  <Th>{t('merchant')}</Th>
                  <Th>{t('reason')}</Th>
                  <Th numeric>{t('amount')}</Th>
                  <Th numeric>{t('taken')}</Th>
                  <Th>{t('state')}</Th>
                  <Th>{t('at')}</Th>
                </Thead>
                <Tbody>
                  {list.rows.map((row) => (
                    <Tr key={row.id}>
                      <Td>
                        <TextLink href={`/merchants/${row.slug}`}>{row.merchant}</TextLink>
                      </Td>
                      <Td label={t('reason')}>{c(`tariff.${row.tariff}`)}</Td>
                      <Td label={t('amount')} numeric>
                        <Money minor={row.amountMinor} currency={row.currency} />
                      </Td>
                      <Td label={t('taken')} numeric>
                        <Money minor={row.takenMinor} currency={row.currency} />
                      </Td>
                      <Td label={t('state')}>
                        <Badge tone={row.returnedAt ? 'info' : 'neutral'}>
                          {t(row.returnedAt ? 'returned' : 'stands')}
                        </Badge>
                      </Td>
                      <Td label={t('at')}>
                        <DateTime at={row.at} style="day" />
                      </Td>
                    </Tr>
                  ))}
                </Tbody>
              </Table>
            )}
          </Card>
          <Pagination page={list.page} pages={list.pages} hrefOf={hrefOf} />
        </div>
      </div>
    </>
  )
}
