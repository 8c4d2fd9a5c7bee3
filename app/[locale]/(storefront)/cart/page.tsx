import { Store } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { TextLink } from '@/components/text-link'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { type CartLine, findCart } from '@/lib/queries/storefront'
import { currentBuyer } from '@/lib/web/action'
import { currentCart } from '@/lib/web/cart-cookie'
import { CartLineRow } from './_components/cart-line'
import { EmptyCart } from './_components/empty-cart'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('storefront.cart')
  return { title: t('title'), robots: { index: false } }
}

/** What the buyer means to buy, by merchant, with today's prices and stock; nothing in it is held. */
export default async function CartPage() {
  const { user } = await currentBuyer()
  const lines = await findCart(db(), await currentCart(user), await getLocale(), new Date())
  if (lines.length === 0) return <EmptyCart />
  const t = await getTranslations('storefront.cart')
  return (
    <>
      <PageHeader title={t('title')}>
        <p>{t('lead')}</p>
      </PageHeader>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-6">
          {[...Map.groupBy(lines, ({ merchant }) => merchant.id)].map(([id, ofMerchant]) => (
            <MerchantLines key={id} lines={ofMerchant} />
          ))}
        </div>
        <Summary lines={lines} />
      </div>
    </>
  )
}

async function MerchantLines({ lines }: { lines: readonly CartLine[] }) {
  const t = await getTranslations('storefront.cart')
  const [first] = lines
  if (!first) return null
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          <Store aria-hidden className="size-4.5 text-ink-soft" />
          {first.merchant.name}
        </span>
      }
      action={<TextLink href={`/merchants/${first.merchant.slug}`}>{t('visit')}</TextLink>}
      flush
    >
      <ul className="divide-y divide-line border-t border-line">
        {lines.map((line) => (
          <CartLineRow key={line.variantId} line={line} />
        ))}
      </ul>
    </Card>
  )
}

/** What the lines that can be bought come to. */
async function Summary({ lines }: { lines: readonly CartLine[] }) {
  const t = await getTranslations('storefront.cart')
  const sold = lines.filter(({ state }) => state === 'ok')
  const [first = lines[0]] = sold
  const totalMinor = sold.reduce((sum, { goodsMinor }) => sum + goodsMinor, 0)
  return (
    <Card title={t('summary')} className="lg:sticky lg:top-6">
      <p className="flex items-baseline justify-between gap-4">
        <span className="text-ink-soft">{t('total', { count: sold.length })}</span>
        <Money minor={totalMinor} currency={first?.currency ?? 'CNY'} price className="text-2xl" />
      </p>
      {sold.length < lines.length && (
        <p className="mt-2 text-sm font-medium text-amber">{t('leftOut', { count: lines.length - sold.length })}</p>
      )}
      <p className="mt-2 text-sm text-ink-soft">{t('note')}</p>
      {sold.length > 0 && (
        <ButtonLink href="/checkout/cart" prefetch={false} size="lg" wide className="mt-4">
          {t('checkout')}
        </ButtonLink>
      )}
    </Card>
  )
}
