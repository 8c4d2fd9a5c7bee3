import { ShieldCheck } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { ProductCover } from '@/components/product-cover'
import { Tag } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'
import { Link } from '@/i18n/navigation'
import { LOW_STOCK, type ProductCard as Card } from '@/lib/queries/storefront'
import { AddToCart } from './add-to-cart'
import { DeliveryIcon } from './delivery-line'
import { node } from './rich'
import { wholeMoney } from './whole-money'

/** One product in a list. The whole card is the link's target, but for the cart's button; its name is the title alone. */
export function ProductCard({ card, heading: Heading = 'h2' }: { card: Card; heading?: 'h2' | 'h3' }) {
  const t = useTranslations('storefront.card')
  const locale = useLocale()
  const { merchant, stock, delivery } = card
  const d = useTranslations('delivery.shown')
  const promise = { hours: delivery.hours ?? 0, seats: delivery.seats ?? 0 }
  const soldOut = stock === 0
  return (
    <article className="relative flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface transition-colors hover:border-line-strong has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-jade">
      <ProductCover
        glyph={card.category.glyph}
        platform={card.platform}
        headline={card.headline}
        className={cx(soldOut && 'opacity-45 grayscale')}
      />
      <div className="flex flex-1 flex-col gap-2 p-3">
        <Heading className="line-clamp-2 min-h-[2lh] text-[0.9375rem] leading-normal font-medium text-pretty">
          <Link href={`/products/${card.slug}`} prefetch={false} className="outline-none after:absolute after:inset-0">
            {card.title}
          </Link>
        </Heading>
        <p className="flex flex-wrap gap-1 *:max-w-full *:truncate">
          {card.region && <Tag>{card.region}</Tag>}
          {card.platform && <Tag>{card.platform}</Tag>}
        </p>
        <div className="mt-auto grid items-baseline justify-between gap-x-2 sm:flex sm:flex-wrap">
          <FromPrice card={card} />
          {soldOut ? (
            <span className="text-sm font-medium text-ink-soft">{t('soldOut')}</span>
          ) : (
            <span className="flex items-baseline gap-2 text-sm whitespace-nowrap">
              {stock <= LOW_STOCK && (
                <span className="font-medium text-amber tabular-nums">{t('left', { count: stock })}</span>
              )}
              <span
                className="inline-flex items-center gap-0.5 text-jade [&_svg]:size-3.5 [&_svg]:self-center"
                title={d(`line.${delivery.kind}`, promise)}
              >
                <DeliveryIcon kind={delivery.kind} />
                {d(`badge.${delivery.kind}`, promise)}
              </span>
            </span>
          )}
        </div>
        <div className="flex items-center justify-between gap-2 border-t border-line pt-2">
          <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-2xs text-ink-soft">
            <span className="min-w-0 truncate">{merchant.name}</span>
            {merchant.depositMinor > 0 && (
              <span className="inline-flex items-center gap-1 whitespace-nowrap tabular-nums">
                <ShieldCheck aria-hidden className="size-3.5 text-jade" />
                {t('deposit', { amount: wholeMoney(merchant.depositMinor, card.currency, locale) })}
              </span>
            )}
          </p>
          {card.onlyVariantId !== null && !soldOut && (
            <AddToCart
              variantId={card.onlyVariantId}
              label={t('addToCart', { title: card.title })}
              added={t('added', { title: card.title })}
            />
          )}
        </div>
      </div>
    </article>
  )
}

function FromPrice({ card }: { card: Card }) {
  const t = useTranslations('storefront.card')
  return (
    <p className="text-2xs text-ink-soft">
      {card.manyPrices ? (
        t.rich('from', {
          price: node(<Money price minor={card.fromMinor} currency={card.currency} className="text-lg" />),
        })
      ) : (
        <Money price minor={card.fromMinor} currency={card.currency} className="text-lg" />
      )}
    </p>
  )
}
