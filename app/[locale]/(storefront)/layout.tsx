import type { Metadata } from 'next'
import { ReceiptText, ShoppingCart, UserRound } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { SiteShell } from '@/components/site-shell'
import { Link } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { env } from '@/lib/infra/env'
import { countCart } from '@/lib/queries/storefront'
import { currentCart } from '@/lib/web/cart-cookie'
import { currentUser, unreadCount } from '@/lib/web/session'
import { Bell, Count } from '../_notifications/bell'
import { categories } from './_components/reads'

export function generateMetadata(): Metadata {
  return { metadataBase: new URL(env().KEYBOND_URL) }
}

const SLOT =
  'inline-flex min-h-11 items-center gap-1.5 rounded-md px-1.5 whitespace-nowrap text-ink-soft hover:text-ink max-sm:min-w-11 max-sm:justify-center [&_svg]:size-5 sm:[&_svg]:size-4'

/** Frame of everything a buyer sees: header with search and categories, the account slot, footer. */
export default async function StorefrontLayout({ children }: LayoutProps<'/[locale]'>) {
  const [t, p, r] = [
    await getTranslations('storefront.nav'),
    await getTranslations('provenance.nav'),
    await getTranslations('transparency'),
  ]
  const links = (await categories(await getLocale())).map(({ slug, name }) => ({
    href: `/categories/${slug}`,
    label: name,
  }))
  return (
    <SiteShell
      links={[{ href: '/search', label: t('all') }, ...links]}
      footerLinks={[
        { href: '/protection', label: t('protection') },
        { href: '/lookup', label: t('lookup') },
        { href: '/transparency', label: r('nav') },
        { href: '/penalties', label: (await getTranslations('claims.penaltiesPage'))('title') },
        { href: '/provenance', label: p('log') },
        { href: '/verify', label: p('verify') },
        { href: '/search', label: t('all') },
      ]}
      account={<AccountSlot />}
    >
      {children}
    </SiteShell>
  )
}

async function AccountSlot() {
  const t = await getTranslations('storefront.nav')
  const user = await currentUser()
  // Merchants and operators shop as guests.
  const inCart = await countCart(db(), await currentCart(user?.role === 'BUYER' ? user : null))
  const unread = user?.role === 'BUYER' ? await unreadCount() : 0
  const home = user
    ? ({ BUYER: 'account', MERCHANT: 'console', OPERATOR: 'admin', ARBITRATOR: 'arbitration' } as const)[user.role]
    : 'signIn'
  const href = {
    signIn: '/sign-in',
    account: '/account',
    console: '/merchant',
    admin: '/admin',
    arbitration: '/arbitration',
  }[home]
  return (
    <>
      <Link href="/protection" prefetch={false} className={`${SLOT} max-md:hidden`}>
        {t('protection')}
      </Link>
      <Link href="/lookup" prefetch={false} className={SLOT}>
        <ReceiptText aria-hidden />
        <span className="max-sm:sr-only">{t('lookup')}</span>
      </Link>
      <Link href="/cart" prefetch={false} className={SLOT} aria-label={t('cartWith', { count: inCart })}>
        <span aria-hidden className="relative">
          <ShoppingCart />
          <Count of={inCart} />
        </span>
        <span className="ms-2 max-sm:sr-only">{t('cart')}</span>
      </Link>
      {user?.role === 'BUYER' && <Bell href="/account/notifications" unread={unread} className="max-sm:hidden" />}
      <Link href={href} prefetch={false} className={SLOT} title={user?.displayName}>
        <span aria-hidden className="relative">
          <UserRound />
          <span className="sm:hidden">
            <Count of={unread} />
          </span>
        </span>
        <span className="max-sm:sr-only">{t(home)}</span>
      </Link>
    </>
  )
}
