import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { ActionForm, FormTextarea } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { db } from '@/lib/infra/db'
import { findPair } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { requireId } from '../../../_console/params'
import { PairSide } from '../../_components/pair-side'
import { handlePairAction } from '../actions'

export async function generateMetadata() {
  return { title: (await getTranslations('batches.pairs'))('one') }
}

export default async function PairPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const pair = (await findPair(db(), requireId((await params).id))) ?? notFound()
  const t = await getTranslations('batches.pairs')
  const { handledAt, handledBy, note } = pair
  return (
    <>
      <PageHeader
        title={
          <>
            {t('one')} · <DateTime at={pair.seenAt} style="second" />
          </>
        }
        back={{ href: '/admin/pairs', label: t('title') }}
        action={<Badge tone={handledAt ? 'neutral' : 'amber'}>{t(handledAt ? 'handled' : 'open')}</Badge>}
      />
      <div className="grid gap-5">
        {handledAt && (
          <Notice
            kind="success"
            title={t.rich('handledBy', { name: handledBy ?? '', at: () => <DateTime at={handledAt} /> })}
          >
            {note}
          </Notice>
        )}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('first')}>
            <PairSide
              side={{
                merchantId: pair.firstMerchantId,
                merchant: pair.firstMerchant,
                cdkId: pair.firstCdkId,
                state: pair.firstState,
                batchId: pair.firstBatchId,
                frozen: pair.firstBatchFrozen,
                orderId: pair.firstOrderId,
                order: pair.firstOrder,
                at: pair.firstAt,
                line: null,
              }}
            />
          </Card>
          <Card title={t('second')}>
            <PairSide side={{ ...pair, frozen: pair.batchFrozen, at: pair.seenAt }} />
          </Card>
        </div>
        {!handledAt && (
          <Card title={t('handleTitle')}>
            <ActionForm action={handlePairAction} done={t('done')} className="grid justify-items-start gap-4">
              <p className="text-ink-soft">{t('handleText')}</p>
              <input type="hidden" name="pairId" value={pair.id} />
              <div className="w-full">
                <FormTextarea name="note" label={t('note')} rows={3} minLength={2} maxLength={500} />
              </div>
              <SubmitButton>{t('do')}</SubmitButton>
            </ActionForm>
          </Card>
        )}
      </div>
    </>
  )
}
