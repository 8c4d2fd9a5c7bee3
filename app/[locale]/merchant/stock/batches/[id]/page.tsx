import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { ActionForm } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { retireBatchAction } from '@/app/[locale]/merchant/stock/actions'
import { db } from '@/lib/infra/db'
import { findMerchantBatch } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { BatchBadge, ReviewBadge } from '../../../../_console/batch-badges'
import { BatchFactList } from '../../../../_console/batch-facts'
import { BatchStates, countOf } from '../../../../_console/batch-states'
import { requireId } from '../../../../_console/params'
import { SourceProofs } from '../../../../_console/source-proofs'
import { TextLink } from '../../../../_console/text-link'
import { BatchNotices } from '../_components/batch-notices'
import { DescribeForm } from '../_components/describe-form'
import { ProofForm } from '../_components/proof-form'

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('one') }
}

export default async function MerchantBatchPage({ params }: { params: Promise<{ id: string }> }) {
  const { merchantId } = await requireMerchantUser()
  const batch = (await findMerchantBatch(db(), merchantId, requireId((await params).id))) ?? notFound()
  const t = await getTranslations('batches')
  const unsold = countOf(batch.states, 'AVAILABLE')
  return (
    <>
      <PageHeader
        title={<span className="wrap-anywhere">{batch.fileName ?? t('pasted')}</span>}
        back={{ href: `/merchant/stock/${batch.variantId}`, label: t('merchant.back') }}
        action={<BatchBadge {...batch} />}
      >
        {t('merchant.intro')}
      </PageHeader>
      <div className="grid gap-5">
        <BatchNotices batch={batch} />
        <BatchStates states={batch.states} />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('facts')}>
            <BatchFactList
              batch={batch}
              offer={(name) => <TextLink href={`/merchant/stock/${batch.variantId}`}>{name}</TextLink>}
            />
          </Card>
          <Card title={t('proofs.title')} action={<ReviewBadge review={batch.review} />} id="proofs">
            <div className="grid gap-4">
              {batch.requiresProof && <p className="text-ink-soft">{t('proofs.required')}</p>}
              <SourceProofs proofs={batch.proofs} />
              <ProofForm of={{ batchId: batch.id }} count={batch.proofs.length} />
            </div>
          </Card>
        </div>
        <Card title={t('merchant.edit')}>
          {batch.importId === null ? (
            <DescribeForm batch={batch} />
          ) : (
            <p>
              {t('merchant.importing')}{' '}
              <TextLink href={`/merchant/stock/imports/${batch.importId}`}>{t('merchant.toImport')}</TextLink>
            </p>
          )}
        </Card>
        {unsold > 0 && !batch.frozenAt && (
          <Card title={t('merchant.retire')}>
            <ActionForm action={retireBatchAction} className="grid justify-items-start gap-3">
              <p className="text-ink-soft">{t('merchant.retireText', { count: unsold })}</p>
              <input type="hidden" name="batchId" value={batch.id} />
              <ConfirmSubmit
                label={t('merchant.retire')}
                question={t('merchant.retireQuestion')}
                confirm={t('merchant.retireConfirm', { count: unsold })}
              >
                {t('merchant.retireText', { count: unsold })}
              </ConfirmSubmit>
            </ActionForm>
          </Card>
        )}
      </div>
    </>
  )
}
