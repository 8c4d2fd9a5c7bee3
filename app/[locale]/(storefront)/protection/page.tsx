import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { MoneyStripExplained } from '@/components/money-strip'
import { PageHeader } from '@/components/page-header'
import { TextLink } from '@/components/text-link'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { type AfterSaleRules, DEFAULT_RULES, MOST_DELIVERY_HOURS } from '@/lib/domain/catalog'
import { categories } from '@/app/[locale]/(storefront)/_components/reads'
import { RuleList } from '@/app/[locale]/(storefront)/_components/rule-list'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('storefront.protection')
  return pageMetadata({
    title: t('title'),
    description: t('metaDescription'),
    path: '/protection',
    locale: await getLocale(),
  })
}

export default async function ProtectionPage() {
  const [t, p] = [await getTranslations('storefront.protection'), await getTranslations('provenance.nav')]
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className="grid gap-8">
        <MoneyStripExplained />
        <section>
          <h2 className="mb-4 text-xl">{t('stepsTitle')}</h2>
          <RuleList rules={DEFAULT_RULES} columns />
        </section>
        <section>
          <h2 className="text-xl">{t('rulesTitle')}</h2>
          <p className="mt-1 mb-4 max-w-prose text-ink-soft">{t('rulesLead')}</p>
          <RulesTable />
          <p className="mt-3">
            <TextLink href="/failure-standard">{t('failureStandard')}</TextLink>
          </p>
        </section>
        <InspectionByCategory />
        <div className="grid gap-4 md:grid-cols-2">
          <Card title={t('moneyTitle')}>
            <Bullets
              texts={[t('money.price'), t('money.once'), t('money.refund'), t('money.deposit'), t('money.frozen')]}
            />
          </Card>
          <Card title={t('recordTitle')}>
            <Bullets texts={[t('record.snapshot'), t('record.reveal'), t('record.guide'), t('record.log')]} />
            <p className="mt-3 flex flex-wrap gap-x-5">
              <TextLink href="/provenance">{p('log')}</TextLink>
              <TextLink href="/verify">{p('verify')}</TextLink>
            </p>
          </Card>
        </div>
      </div>
    </>
  )
}

/** The numbers each row speaks of. */
function rowsOf(rules: AfterSaleRules) {
  return [
    ['pay', { count: rules.payWindowMinutes }],
    ['deliver', { count: 0 }],
    ['manual', { count: MOST_DELIVERY_HOURS }],
    ['inspect', { count: rules.inspectionHours }],
    ['reply', { count: rules.merchantReplyHours }],
    ['evidence', { count: rules.buyerEvidenceHours }],
    ['escalate', { count: rules.escalationHours }],
    [
      'arbitrate',
      { count: rules.arbitrationHours, alarm: rules.arbitrationAlarmDays, refund: rules.arbitrationRefundDays },
    ],
    ['appeal', { count: rules.appealDays }],
    ['claim', { count: rules.claimDays, fraud: rules.fraudClaimDays }],
  ] as const
}

async function RulesTable() {
  const t = await getTranslations('storefront.protection')
  return (
    <Card flush>
      <Table caption={t('tableCaption')}>
        <Thead>
          <Th>{t('rule')}</Th>
          <Th>{t('limit')}</Th>
          <Th>{t('silence')}</Th>
        </Thead>
        <Tbody>
          {rowsOf(DEFAULT_RULES).map(([name, numbers]) => {
            const values = { alarm: 0, refund: 0, fraud: 0, ...numbers }
            return (
              <Tr key={name}>
                <Td className="font-medium">{t(`rows.${name}.name`)}</Td>
                <Td label={t('limit')}>{t(`rows.${name}.limit`, values)}</Td>
                <Td label={t('silence')}>{t(`rows.${name}.silence`, values)}</Td>
              </Tr>
            )
          })}
        </Tbody>
      </Table>
    </Card>
  )
}

async function InspectionByCategory() {
  const t = await getTranslations('storefront.protection')
  const found = await categories(await getLocale())
  if (found.length === 0) return null
  return (
    <section>
      <h2 className="mb-4 text-xl">{t('byCategory')}</h2>
      <Card flush>
        <Table caption={t('byCategoryCaption')}>
          <Thead>
            <Th>{t('category')}</Th>
            <Th numeric>{t('afterDelivery')}</Th>
            <Th numeric>{t('afterReveal')}</Th>
          </Thead>
          <Tbody>
            {found.map(({ slug, name, rules }) => (
              <Tr key={slug}>
                <Td className="font-medium">{name}</Td>
                <Td label={t('afterDelivery')} numeric>
                  {t('hours', { count: rules.inspectionHours })}
                </Td>
                <Td label={t('afterReveal')} numeric>
                  {rules.inspectionHoursAfterReveal === null
                    ? t('sameAsDelivery')
                    : t('hours', { count: rules.inspectionHoursAfterReveal })}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </Card>
    </section>
  )
}

function Bullets({ texts }: { texts: readonly string[] }) {
  return (
    <ul className="grid list-disc gap-2 ps-5 marker:text-jade">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}
