import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { redirect } from '@/i18n/navigation'
import { PageHeader } from '@/components/page-header'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { findCartKey, findPlacedByKey, findWalletBalance, listOpenOrders } from '@/lib/queries/order'
import { findCart } from '@/lib/queries/storefront'
import { currentBuyer } from '@/lib/web/action'
import { currentCart } from '@/lib/web/cart-cookie'
import { refusalMessage } from '@/lib/web/refusal-message'
import { EmptyCart } from '../../cart/_components/empty-cart'
import { CheckoutView } from '../_components/checkout-view'
import { LeftOutNotice } from '../_components/left-out-notice'
import { askQuote } from '../ask-quote'
import { Asked, queryOf } from '../asked'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order.checkout')
  return { title: t('title'), robots: { index: false }, referrer: 'same-origin' }
}

/**
 * Checkout of what is in the cart and can be bought as asked for, from whichever merchants, in one payment. What cannot
 * is named before, and stays in the cart. The key in the address is that of the cart as it is: two tabs have the same.
 */
export default async function CartCheckoutPage({ searchParams }: PageProps<'/[locale]/checkout/cart'>) {
  const locale = await getLocale()
  const asked = Asked.parse(await searchParams)
  const { buyer, user } = await currentBuyer()
  const cart = await currentCart(user)
  const pathname = '/checkout/cart'
  if (!asked.key) {
    const key = (await findCartKey(db(), cart)) ?? randomUUID()
    return redirect({ href: { pathname, query: { ...queryOf(asked, false), key } }, locale })
  }
  const placed = await findPlacedByKey(db(), buyer, asked.key)
  if (placed) return redirect({ href: `/orders/${placed}`, locale })

  const now = new Date()
  const [items, open, balanceMinor] = await Promise.all([
    findCart(db(), cart, locale, now),
    listOpenOrders(db(), buyer, now),
    user ? findWalletBalance(db(), user.id) : null,
  ])
  const t = await getTranslations('order.checkout')
  const back = { href: '/cart', label: t('backToCart') }
  const lines = items.filter(({ state }) => state === 'ok')
  const leftOut = items.filter(({ state }) => state !== 'ok')
  if (items.length === 0) return <EmptyCart />
  const priced =
    lines.length === 0
      ? null
      : await askQuote({ lines, couponCode: asked.coupon || null, buyerKey: user?.id ?? null }, now).catch(
          (error: unknown) => {
            if (error instanceof Refusal) return error
            throw error
          },
        )
  if (priced === null || priced instanceof Refusal) {
    return (
      <>
        <PageHeader title={t('title')} back={back} />
        <div className="grid max-w-3xl gap-6">
          {priced && (
            <Notice kind="warn" title={t('failed')}>
              {refusalMessage(priced, locale)}
            </Notice>
          )}
          <LeftOutNotice items={leftOut} all={priced === null} />
        </div>
      </>
    )
  }
  return (
    <CheckoutView
      {...priced}
      asked={{ ...asked, key: asked.key }}
      pathname={pathname}
      back={back}
      from="cart"
      open={open}
      user={user}
      balanceMinor={balanceMinor}
      leftOut={leftOut.length > 0 && <LeftOutNotice items={leftOut} all={false} />}
    />
  )
}
