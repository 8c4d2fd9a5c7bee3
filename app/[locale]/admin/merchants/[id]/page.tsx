import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findAdminMerchant } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { MerchantBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { Fact, Facts, Figure, Figures } from '../../../_console/facts'
import { LedgerLineTable } from '../../../_console/ledger-line-table'
import { ListFoot } from '../../../_console/list-foot'
import { type SearchParams, choiceParam, hrefWith, pageParam, requireId } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { ActionLog } from '../../_components/action-log'
import { DepositForm, StatusForm, TierForm } from '../../_components/merchant-forms'
import { PayoutFacts } from '../../_components/payout-facts'

const DONE = choiceParam({ opened: 'opened' })

export async function generateMetadata() {
  return { title: (await getTranslations('admin.merchants'))('title') }
}

export default async function MerchantPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  await requireOperator()
  const id = requireId((await params).id)
  const query = await searchParams
  const { merchant, balances, lines, actions } =
    (await findAdminMerchant(db(), id, pageParam.parse(query.page))) ?? notFound()
  const done = DONE.parse(query.done)
  const [t, c] = [await getTranslations('admin.merchants'), await getTranslations('console.column')]
  return (
    <>
      <PageHeader
        title={merchant.name}
        back={{ href: '/admin/merchants', label: t('title') }}
        action={<MerchantBadge status={merchant.status} />}
      />
      <div className="grid gap-5">
        {done && (
          <Notice kind="success" title={t('opened')}>
            {t('openedText')}
          </Notice>
        )}
        <Figures>
          <Figure name={t('held')} note={t('heldNote', { count: merchant.openOrders })}>
            <Money minor={merchant.heldMinor} />
          </Figure>
          <Figure name={t('pending')}>
            <Money minor={balances.pendingMinor} />
          </Figure>
          <Figure name={t('available')}>
            <Money minor={balances.availableMinor} />
          </Figure>
          <Figure name={c('deposit')}>
            <Money minor={balances.depositMinor} />
          </Figure>
          {balances.owedMinor > 0 && (
            <Figure name={t('owed')} note={<TextLink href="/admin/fund">{t('toFund')}</TextLink>}>
              <Money minor={balances.owedMinor} className="text-danger" />
            </Figure>
          )}
        </Figures>
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('facts')}>
            <Facts>
              <Fact term={t('legalName')}>{merchant.legalName}</Fact>
              <Fact term={t('legalNumber')}>
                <CopyId id={merchant.legalNumber} what={t('legalNumber')} whole />
              </Fact>
              <Fact term={t('contactEmail')}>{merchant.contactEmail}</Fact>
              <Fact term={t('slug')}>{merchant.slug}</Fact>
              <Fact term={t('fee')}>{(merchant.feeBps / 100).toFixed(2)}%</Fact>
              <Fact term={t('people')}>
                {merchant.people.map((person) => (
                  <span key={person.id} className="block">
                    {person.displayName} <span className="text-ink-soft">{person.email}</span>
                  </span>
                ))}
              </Fact>
              <Fact term={t('onSale')}>{merchant.products}</Fact>
              <Fact term={t('orders')}>
                <TextLink href={`/admin/orders?merchant=${id}`}>{t('seeOrders')}</TextLink>
              </Fact>
            </Facts>
          </Card>
          <div className="grid gap-5">
            <Card title={t('payout')}>
              <PayoutFacts merchant={merchant} />
            </Card>
            <Card title={t('tier')}>
              <TierForm merchant={merchant} />
            </Card>
            <Card title={t('admission')}>
              <StatusForm merchant={merchant} />
            </Card>
            <Card title={t('recordDeposit')}>
              <DepositForm merchantId={id} />
            </Card>
          </div>
        </div>
        <div>
          <Card title={t('lines')} flush>
            {lines.rows.length === 0 ? (
              <EmptyState title={t('noLines')}>{t('noLinesText')}</EmptyState>
            ) : (
              <LedgerLineTable lines={lines.rows} caption={t('lines')} ordersAt="/admin/orders" />
            )}
          </Card>
          <ListFoot page={lines} hrefOf={(to) => hrefWith(`/admin/merchants/${id}`, { page: to })} />
        </div>
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
