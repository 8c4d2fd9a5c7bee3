import type { Metadata } from 'next'
import { ReceiptText, ShoppingCart, UserRound } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { SiteShell } from '@/components/site-shell'
import { Link } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { env } from '@/lib/infra/env'
import { countCart } from '@/lib/queries/storefront'
import { currentCart } from '@/lib/web/cart-cookie'
import { currentUser } from '@/lib/web/session'
import { categories } from './_components/reads'

export function generateMetadata(): Metadata {
  return { metadataBase: new URL(env().KEYBOND_URL) }
}

const SLOT =
  'inline-flex min-h-11 items-center gap-1.5 rounded-md px-1.5 whitespace-nowrap text-ink-soft hover:text-ink max-sm:min-w-11 max-sm:justify-center [&_svg]:size-5 sm:[&_svg]:size-4'

/** Frame of everything a buyer sees: header with search and categories, the account slot, footer. */
export default async function StorefrontLayout({ children }: LayoutProps<'/[locale]'>) {
  const t = await getTranslations('storefront.nav')
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
  const home = user
    ? ({ BUYER: 'account', MERCHANT: 'console', OPERATOR: 'admin', ARBITRATOR: 'signOut' } as const)[user.role]
    : 'signIn'
  const href = { signIn: '/sign-in', account: '/account', console: '/merchant', admin: '/admin', signOut: '/sign-out' }[
    home
  ]
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
          {inCart > 0 && (
            <span className="absolute -end-2.5 -top-2 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-jade-solid px-1 text-[0.6875rem] leading-none font-semibold text-on-jade tabular-nums">
              {inCart}
            </span>
          )}
        </span>
        <span className="ms-2 max-sm:sr-only">{t('cart')}</span>
      </Link>
      <Link href={href} prefetch={false} className={SLOT} title={user?.displayName}>
        <UserRound aria-hidden />
        <span className="max-sm:sr-only">{t(home)}</span>
      </Link>
    </>
  )
}
