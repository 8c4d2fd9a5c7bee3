import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findAdminBatch } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { BatchBadge, ReviewBadge } from '../../../_console/batch-badges'
import { BatchFactList } from '../../../_console/batch-facts'
import { BatchStates } from '../../../_console/batch-states'
import { Fact } from '../../../_console/facts'
import { ListFoot } from '../../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam, requireId } from '../../../_console/params'
import { SourceProofs } from '../../../_console/source-proofs'
import { TextLink } from '../../../_console/text-link'
import { ActionLog } from '../../_components/action-log'
import { FreezeBatchForm, ReviewBatchForm, UnfreezeBatchForm } from '../../_components/batch-forms'
import { BatchOrders } from '../../_components/batch-orders'

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('one') }
}

export default async function BatchPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  await requireOperator()
  const id = requireId((await params).id)
  const page = pageParam.parse((await searchParams).page)
  const { batch, orders, actions } = (await findAdminBatch(db(), id, page)) ?? notFound()
  const t = await getTranslations('batches')
  const { frozenAt, frozenReason, frozenBy, reviewedAt, reviewedBy } = batch
  return (
    <>
      <PageHeader
        title={`${t('one')} · ${batch.merchant}`}
        back={{ href: '/admin/batches', label: t('title') }}
        action={<BatchBadge {...batch} />}
      />
      <div className="grid gap-5">
        {frozenAt && (
          <Notice
            kind="danger"
            title={t.rich('frozenNotice.title', { at: () => <DateTime at={frozenAt} style="second" /> })}
          >
            <p>{t('frozenNotice.reason', { reason: frozenReason ?? '' })}</p>
            {frozenBy && <p>{t('frozenNotice.by', { name: frozenBy })}</p>}
            <p>{t(batch.dueAt ? 'frozenNotice.working' : 'frozenNotice.done')}</p>
          </Notice>
        )}
        {batch.pairs > 0 && (
          <Notice kind="warn" title={t('pairsHere', { count: batch.pairs })}>
            <TextLink href={hrefWith('/admin/pairs', { merchant: batch.merchantId })}>{t('pairs.title')}</TextLink>
          </Notice>
        )}
        <BatchStates states={batch.states} />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('facts')}>
            <BatchFactList batch={batch} offer={(name) => name}>
              <Fact term={t('column.merchant')}>
                <TextLink href={`/admin/merchants/${batch.merchantId}`}>{batch.merchant}</TextLink>
              </Fact>
            </BatchFactList>
          </Card>
          <Card title={t('proofs.title')} action={<ReviewBadge review={batch.review} bare={batch.bare} />} id="proofs">
            {batch.requiresProof && <p className="mb-3 text-ink-soft">{t('proofs.required')}</p>}
            <SourceProofs proofs={batch.proofs} />
          </Card>
          <Card title={t('reviewForm.title')}>
            {reviewedAt && (
              <p className="mb-3 text-ink-soft">
                {t.rich('reviewForm.was', { name: reviewedBy ?? '', at: () => <DateTime at={reviewedAt} /> })}
              </p>
            )}
            <ReviewBatchForm batch={batch} />
          </Card>
          <Card title={t(frozenAt ? 'unfreeze.title' : 'freeze.title')}>
            {frozenAt ? <UnfreezeBatchForm batchId={batch.id} /> : <FreezeBatchForm batch={batch} />}
          </Card>
        </div>
        <Card title={t('orders.title')} flush>
          <BatchOrders orders={orders.rows} />
        </Card>
        <ListFoot page={orders} hrefOf={(to) => hrefWith(`/admin/batches/${id}`, { page: to })} />
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
