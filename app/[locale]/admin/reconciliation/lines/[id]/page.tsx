import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findProviderLine } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CopyId } from '../../../../_console/copy-id'
import { Fact, Facts } from '../../../../_console/facts'
import { requireId } from '../../../../_console/params'
import { TextLink } from '../../../../_console/text-link'
import { ActionLog } from '../../../_components/action-log'
import { LineBadge } from '../../../_components/line-badge'
import { ExplainForm } from '../../../_components/reconciliation-forms'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.reconciliation'))('line') }
}

export default async function LinePage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const { line, actions } = (await findProviderLine(db(), requireId((await params).id))) ?? notFound()
  const [t, c, k] = [
    await getTranslations('admin.reconciliation'),
    await getTranslations('console.column'),
    await getTranslations('admin.reconciliation.kind'),
  ]
  return (
    <>
      <PageHeader
        title={
          <>
            {t('line')} <Money minor={line.amountMinor} currency={line.currency} />
          </>
        }
        back={{ href: '/admin/reconciliation/lines', label: t('lines') }}
        action={<LineBadge state={line.state} />}
      />
      <div className="grid gap-5">
        <Card title={t('facts')}>
          <Facts>
            <Fact term={c('what')}>{k.has(line.kind as 'capture') ? k(line.kind as 'capture') : line.kind}</Fact>
            <Fact term={c('amount')}>
              <Money minor={line.amountMinor} currency={line.currency} className="font-semibold" />
            </Fact>
            <Fact term={t('fee')}>
              <Money minor={line.feeMinor} currency={line.currency} />
            </Fact>
            <Fact term={c('provider')}>{line.provider}</Fact>
            <Fact term={c('at')}>
              <DateTime at={line.at} style="second" relative={line.state === 'open'} />
            </Fact>
            <Fact term={t('seenAt')}>
              <DateTime at={line.seenAt} style="second" />
            </Fact>
            <Fact term={t('movementRef')}>
              <CopyId id={line.movementRef} what={t('movementRef')} whole />
            </Fact>
            <Fact term={t('sourceRef')}>
              <CopyId id={line.sourceRef} what={t('sourceRef')} whole />
            </Fact>
            {line.providerRef && (
              <Fact term={t('paymentRef')}>
                <CopyId id={line.providerRef} what={t('paymentRef')} whole />
              </Fact>
            )}
            {line.transactionId && (
              <Fact term={t('transaction')}>
                <TextLink href={`/admin/ledger/transactions/${line.transactionId}`}>{t('seeTransaction')}</TextLink>
                {line.matchedAt && (
                  <>
                    {' '}
                    · <DateTime at={line.matchedAt} />
                  </>
                )}
              </Fact>
            )}
            {line.explanation && (
              <Fact term={t('explanation')}>
                {line.explanation} {line.explainedBy && <span className="text-ink-soft">· {line.explainedBy}</span>}
              </Fact>
            )}
          </Facts>
        </Card>
        {line.state === 'open' && (
          <Card title={t('explain')}>
            <ExplainForm line={line} />
          </Card>
        )}
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
