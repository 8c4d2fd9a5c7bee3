import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { MoneyStripExplained } from '@/components/money-strip'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { unitPriceFor } from '@/lib/domain/catalog'
import { db } from '@/lib/infra/db'
import { findCheckoutOffer, findPlacedByKey, listOpenOrders } from '@/lib/queries/order'
import { currentBuyer } from '@/lib/web/action'
import { RulesList } from '../../orders/_components/rules-list'
import { said } from '../../orders/_components/said'
import { CheckoutItem } from './_components/checkout-item'
import { CheckoutForm } from './_components/checkout-form'
import { OpenOrderNotice, StockNotice } from './_components/checkout-notices'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order.checkout')
  return { title: t('title'), robots: { index: false }, referrer: 'same-origin' }
}

const Asked = z.object({
  quantity: z.coerce.number().int().min(1).max(1_000).catch(1),
  key: z.uuid().optional().catch(undefined),
})

/**
 * Checkout of one variant. The submit's key is part of the address: Back, reload and a copied tab all come to the same
 * key, and one that placed an order already leads to that order.
 */
export default async function CheckoutPage({ params, searchParams }: PageProps<'/[locale]/checkout/[variantId]'>) {
  const { variantId } = await params
  if (!z.uuid().safeParse(variantId).success) notFound()
  const locale = await getLocale()
  const asked = Asked.parse(await searchParams)
  if (!asked.key) {
    return redirect({
      href: { pathname: `/checkout/${variantId}`, query: { quantity: asked.quantity, key: randomUUID() } },
      locale,
    })
  }
  const { buyer, user } = await currentBuyer()
  const placed = await findPlacedByKey(db(), buyer, asked.key)
  if (placed) return redirect({ href: `/orders/${placed}`, locale })

  const [offer, open] = await Promise.all([findCheckoutOffer(db(), variantId), listOpenOrders(db(), buyer, new Date())])
  if (!offer) return <NotForSale />
  const t = await getTranslations('order.checkout')
  const quantity = Math.min(asked.quantity, offer.maxPerOrder)
  const unitPriceMinor = unitPriceFor(offer.priceMinor, offer.tiers, quantity)
  const here = `/checkout/${variantId}?quantity=${quantity}&key=${asked.key}`
  return (
    <>
      <PageHeader title={t('title')} back={{ href: `/products/${offer.slug}`, label: t('back') }} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="grid gap-6">
          <OpenOrderNotice orders={open} />
          <CheckoutItem
            offer={offer}
            title={said(locale, offer.titleZh, offer.titleEn)}
            quantity={quantity}
            unitPriceMinor={unitPriceMinor}
            idempotencyKey={asked.key}
          />
        </div>
        <div className="grid gap-6 lg:row-span-2">
          {offer.available >= quantity ? (
            <CheckoutForm
              variantId={variantId}
              quantity={quantity}
              totalMinor={unitPriceMinor * quantity}
              currency={offer.currency}
              idempotencyKey={asked.key}
              email={user?.email ?? null}
              here={here}
            />
          ) : (
            <StockNotice offer={offer} idempotencyKey={asked.key} />
          )}
        </div>
        <div className="grid gap-6">
          <MoneyStripExplained />
          <Card title={t('whereTitle')}>
            <p className="text-ink-soft">{t('where')}</p>
          </Card>
          <Card title={t('rulesTitle')}>
            <RulesList rules={offer.rules} />
            <p className="mt-3 text-sm text-ink-soft">{t('frozen')}</p>
          </Card>
        </div>
      </div>
    </>
  )
}

async function NotForSale() {
  const t = await getTranslations('order.checkout')
  return (
    <EmptyState
      title={<h1 className="text-xl">{t('notForSale')}</h1>}
      action={<ButtonLink href="/search">{t('browse')}</ButtonLink>}
    >
      {t('notForSaleBody')}
    </EmptyState>
  )
}
