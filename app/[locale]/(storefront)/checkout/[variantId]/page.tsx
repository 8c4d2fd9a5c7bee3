import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { type PageQuote, findAvailable, findPlacedByKey, findWalletBalance, listOpenOrders } from '@/lib/queries/order'
import { currentBuyer } from '@/lib/web/action'
import { CheckoutView } from '../_components/checkout-view'
import { NotForSale, StockNotice } from '../_components/checkout-notices'
import { askQuote } from '../ask-quote'
import { Asked, queryOf } from '../asked'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order.checkout')
  return { title: t('title'), robots: { index: false }, referrer: 'same-origin' }
}

/**
 * Checkout of one variant. The submit's key is part of the address: Back, reload and a copied tab all come to the same
 * key, and one that placed an order already leads to that order.
 */
export default async function CheckoutPage({ params, searchParams }: PageProps<'/[locale]/checkout/[variantId]'>) {
  const { variantId } = await params
  if (!z.uuid().safeParse(variantId).success) notFound()
  const locale = await getLocale()
  const asked = Asked.parse(await searchParams)
  const pathname = `/checkout/${variantId}`
  if (!asked.key) {
    return redirect({ href: { pathname, query: { ...queryOf(asked, true), key: randomUUID() } }, locale })
  }
  const { buyer, user } = await currentBuyer()
  const placed = await findPlacedByKey(db(), buyer, asked.key)
  if (placed) return redirect({ href: `/orders/${placed}`, locale })

  const now = new Date()
  const ask = async (quantity: number): Promise<PageQuote | null> =>
    askQuote(
      { lines: [{ variantId, quantity }], couponCode: asked.coupon || null, buyerKey: user?.id ?? null },
      now,
    ).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      const { most } = error.params
      return error.code === 'order/quantity-invalid' && typeof most === 'number' && most < quantity ? ask(most) : null
    })
  const [priced, available, open, balanceMinor] = await Promise.all([
    ask(asked.quantity),
    findAvailable(db(), variantId, now),
    listOpenOrders(db(), buyer, now),
    user ? findWalletBalance(db(), user.id) : null,
  ])
  const [line] = priced?.quote.lines ?? []
  if (!priced || !line) return <NotForSale />
  const t = await getTranslations('order.checkout')
  return (
    <CheckoutView
      {...priced}
      asked={{ ...asked, key: asked.key, quantity: line.quantity }}
      pathname={pathname}
      back={{ href: `/products/${line.offer.slug}`, label: t('back') }}
      from="product"
      open={open}
      user={user}
      balanceMinor={balanceMinor}
      blocked={
        available < line.quantity && <StockNotice offer={line.offer} left={available} query={queryOf(asked, true)} />
      }
    />
  )
}
