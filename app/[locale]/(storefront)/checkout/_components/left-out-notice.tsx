import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { CartLine } from '@/lib/queries/storefront'
import { FixLine } from '../../cart/_components/fix-line'

/** What of the cart cannot be bought as asked for: named before anything is paid, each with its way out. */
export function LeftOutNotice({ items, all }: { items: readonly CartLine[]; all: boolean }) {
  const t = useTranslations('order.checkout')
  if (items.length === 0) return null
  return (
    <Notice kind="warn" live title={all ? t('leftOutAll') : t('leftOut', { count: items.length })}>
      <p>{t('leftOutBody')}</p>
      <ul className="mt-3 grid gap-3">
        {items.map((item) => (
          <li key={item.variantId} className="grid gap-1 border-t border-amber-line pt-3">
            <span className="font-medium">
              {item.title} · {item.variantName} × {item.quantity}
            </span>
            <FixLine line={item} />
          </li>
        ))}
      </ul>
      <ButtonLink href="/cart" variant="secondary" size="sm" className="mt-3">
        {t('backToCart')}
      </ButtonLink>
    </Notice>
  )
}
