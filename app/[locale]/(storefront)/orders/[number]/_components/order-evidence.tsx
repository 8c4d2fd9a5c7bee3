import { useLocale, useTranslations } from 'next-intl'
import { CdkChains } from '@/app/[locale]/_console/cdk-chains'
import { ProofLink } from '@/app/[locale]/_console/proof-link'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import type { OrderPage } from '@/lib/queries/order'
import { RulesList } from '../../_components/rules-list'

/**
 * What was frozen at purchase with its fingerprint; once delivered the file that anybody can check it with, the life of each
 * CDK and the proof of it.
 */
export function OrderEvidence({ order, proof }: { order: OrderPage; proof: string | string[] | undefined }) {
  const t = useTranslations('order.page')
  const p = useTranslations('provenance.timeline')
  const locale = useLocale()
  return (
    <Card title={t('evidence')}>
      <p className="text-ink-soft">{t('evidenceBody')}</p>
      <p className="mt-3 text-sm text-ink-soft">{t('hash')}</p>
      <p className="flex flex-wrap items-center gap-3">
        <code className="min-w-0 font-mono text-sm break-all">{order.snapshotHash}</code>
        <CopyButton text={order.snapshotHash} what={t('hash')} />
      </p>
      {order.deliveredAt && (
        <p className="mt-3">
          <a
            href={`/api/orders/${order.number}/snapshot`}
            className="font-medium text-jade underline underline-offset-4"
          >
            {t('snapshot')}
          </a>
        </p>
      )}
      {order.cdks.length > 0 && (
        <>
          <ProofLink href={`/api/orders/${order.number}/proof?locale=${locale}`} answer={proof} />
          <details className="mt-4 border-t border-line pt-3">
            <summary className="min-h-9 cursor-pointer font-medium">{p('title')}</summary>
            <div className="mt-2">
              <CdkChains cdks={order.cdks} short />
            </div>
          </details>
        </>
      )}
      <details className="mt-4 border-t border-line pt-3">
        <summary className="min-h-9 cursor-pointer font-medium">{t('rules')}</summary>
        <div className="mt-2">
          <RulesList rules={order.snapshot.rules} />
        </div>
      </details>
    </Card>
  )
}
