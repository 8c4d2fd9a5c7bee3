import type { Metadata } from 'next'
import { ArrowRight, ShieldCheck } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { MoneyStripExplained } from '@/components/money-strip'
import { EmptyState } from '@/components/ui/empty-state'
import { Link, getPathname } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { env } from '@/lib/infra/env'
import { findHome, type ProductCard, type PublicMerchant } from '@/lib/queries/storefront'
import { Glyph } from './_components/glyph'
import { JsonLd } from './_components/json-ld'
import { ProductGrid } from './_components/product-grid'
import { categories } from './_components/reads'
import { SectionHead } from './_components/section-head'
import { pageMetadata } from './_components/seo'
import { wholeMoney } from './_components/whole-money'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('storefront.home')
  return pageMetadata({
    title: t('metaTitle'),
    description: t('metaDescription'),
    path: '/',
    locale: await getLocale(),
  })
}

export default async function HomePage() {
  const locale = await getLocale()
  const t = await getTranslations('storefront.home')
  const { sold, newest, merchants } = await findHome(db(), locale, new Date())
  return (
    <div className="grid gap-10 sm:gap-12">
      <SiteJsonLd />
      <section className="grid items-center gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-10">
        <div>
          <h1 className="text-3xl sm:text-4xl">{t('title')}</h1>
          <p className="mt-3 max-w-prose text-lg text-ink-soft">{t('lead')}</p>
          <MoreLink href="/protection">{t('protectionLink')}</MoreLink>
        </div>
        <MoneyStripExplained />
      </section>
      <Categories />
      {sold.length === 0 && newest.length === 0 && <EmptyState title={t('empty')}>{t('emptyBody')}</EmptyState>}
      <Shelf
        title={t('sold')}
        hint={t('soldHint')}
        cards={sold}
        more={{ href: '/search?sort=sold', label: t('seeSold') }}
      />
      <Shelf title={t('newest')} cards={newest} more={{ href: '/search?sort=newest', label: t('seeNewest') }} />
      {merchants.length > 0 && (
        <section>
          <SectionHead title={t('merchants')} hint={t('merchantsHint')} />
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
            {merchants.map((merchant) => (
              <li key={merchant.slug} className="grid">
                <MerchantTile merchant={merchant} locale={locale} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

async function Categories() {
  const t = await getTranslations('storefront.home')
  const found = await categories(await getLocale())
  if (found.length === 0) return null
  return (
    <nav aria-labelledby="categories">
      <h2 id="categories" className="mb-4 text-xl">
        {t('categories')}
      </h2>
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4 sm:gap-3">
        {found.map(({ slug, name, glyph }) => (
          <li key={slug} className="grid">
            <Link
              href={`/categories/${slug}`}
              prefetch={false}
              className="flex min-h-14 items-center gap-3 rounded-lg border border-line bg-surface px-3 py-2 leading-snug hover:border-jade-line hover:bg-jade-wash sm:px-4"
            >
              <Glyph glyph={glyph} className="size-6 shrink-0 text-jade" />
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Shelf({
  title,
  hint,
  cards,
  more,
}: {
  title: string
  hint?: string
  cards: readonly ProductCard[]
  more: { href: string; label: string }
}) {
  if (cards.length === 0) return null
  return (
    <section>
      <SectionHead title={title} hint={hint} action={<MoreLink href={more.href}>{more.label}</MoreLink>} />
      <ProductGrid cards={cards} heading="h3" />
    </section>
  )
}

function MoreLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-11 items-center gap-1.5 text-jade underline-offset-4 hover:underline"
    >
      {children}
      <ArrowRight aria-hidden className="size-4" />
    </Link>
  )
}

async function MerchantTile({ merchant, locale }: { merchant: PublicMerchant; locale: string }) {
  const t = await getTranslations('storefront')
  return (
    <article className="relative min-w-0 rounded-lg border border-line bg-surface p-4 hover:border-line-strong has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-jade">
      <h3 className="text-base">
        <Link
          href={`/merchants/${merchant.slug}`}
          prefetch={false}
          className="outline-none after:absolute after:inset-0"
        >
          {merchant.name}
        </Link>
      </h3>
      <p className="text-sm text-ink-soft">{merchant.legalName}</p>
      <p className="mt-2 inline-flex items-center gap-1.5 text-[0.9375rem] tabular-nums">
        <ShieldCheck aria-hidden className="size-4 text-jade" />
        {merchant.depositMinor > 0
          ? t('card.deposit', { amount: wholeMoney(merchant.depositMinor, 'CNY', locale) })
          : t('card.deposit', { amount: t('merchant.noDeposit') })}
      </p>
    </article>
  )
}

async function SiteJsonLd() {
  const home = new URL(getPathname({ href: '/', locale: await getLocale() }), env().KEYBOND_URL).href
  const target = `${new URL(getPathname({ href: '/search', locale: await getLocale() }), env().KEYBOND_URL).href}?q={words}`
  return (
    <JsonLd
      data={{
        '@type': 'WebSite',
        name: 'Keybond 卡契',
        url: home,
        potentialAction: { '@type': 'SearchAction', target, 'query-input': 'required name=words' },
      }}
    />
  )
}
