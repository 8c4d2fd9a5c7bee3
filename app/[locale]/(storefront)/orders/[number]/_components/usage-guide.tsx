import { ExternalLink } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { OrderSnapshot } from '@/lib/domain/orders'
import { said } from '../../_components/said'

/** How to use what was delivered, as the merchant promised it at purchase. */
export function UsageGuide({ snapshot: { product } }: { snapshot: OrderSnapshot }) {
  const t = useTranslations('order.guide')
  const guide = said(useLocale(), product.guideZh, product.guideEn)
  if (guide === '' && product.downloadUrl === null) return null
  return (
    <Card title={t('title')}>
      {guide !== '' && <p className="max-w-prose whitespace-pre-line">{guide}</p>}
      {product.downloadUrl !== null && (
        <div className="mt-4 grid gap-2">
          <h3 className="text-base">{t('address')}</h3>
          <p className="font-mono text-sm break-all text-ink-soft">{product.downloadUrl}</p>
          <a
            href={product.downloadUrl}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className={`${buttonClass({ variant: 'secondary' })} justify-self-start`}
          >
            <ExternalLink aria-hidden />
            {t('open')}
          </a>
          <p className="text-sm text-ink-soft">{t('external')}</p>
        </div>
      )}
    </Card>
  )
}
