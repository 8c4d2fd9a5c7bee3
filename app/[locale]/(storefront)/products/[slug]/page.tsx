import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { BookOpen } from 'lucide-react'
import { clientWords } from '@/components/client-messages'
import { MoneyStripExplained } from '@/components/money-strip'
import { ProductCover } from '@/components/product-cover'
import { Tag } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Link, getPathname } from '@/i18n/navigation'
import type { ProductPage as Product } from '@/lib/queries/storefront'
import { MerchantFacts } from '@/app/[locale]/(storefront)/_components/merchant-facts'
import { MerchantRecordFacts } from '@/app/[locale]/(storefront)/_components/merchant-record'
import { product } from '@/app/[locale]/(storefront)/_components/reads'
import { RuleList } from '@/app/[locale]/(storefront)/_components/rule-list'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'
import { wholeMoney } from '@/app/[locale]/(storefront)/_components/whole-money'
import { BuyBar } from './_components/buy-bar'
import { BuyPanel } from './_components/buy-panel'
import { ChoiceProvider } from './_components/choice'
import { FactsTable } from './_components/facts-table'
import { OffSale } from './_components/off-sale'
import { ProductJsonLd } from './_components/product-json-ld'
import { initialChoice } from './initial-choice'

type Props = PageProps<'/[locale]/products/[slug]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await requireProduct(params)
  const t = await getTranslations('storefront.product')
  const locale = await getLocale()
  const { title, merchant, variants, slug, state } = found
  const lowest = variants.toSorted((a, b) => a.priceMinor - b.priceMinor)[0]
  const selling = state === 'selling' && lowest !== undefined
  const price = lowest ? wholeMoney(lowest.priceMinor, lowest.currency, locale) : ''
  const description = selling
    ? t('metaDescription', { title, price, merchant: merchant.name })
    : t('metaDescriptionOff', { title, merchant: merchant.name })
  const metadata = pageMetadata({ title, description, path: `/products/${slug}`, locale })
  return selling ? metadata : { ...metadata, robots: { index: false, follow: true } }
}

export default async function ProductPage({ params, searchParams }: Props) {
  const found = await requireProduct(params)
  const { state, variants } = found
  const why = state !== 'selling' ? state : variants.every(({ stock }) => stock === 0) ? 'soldOut' : null
  const path = getPathname({ href: `/products/${found.slug}`, locale: await getLocale() })
  if (why) return <Layout product={found} panel={<OffSale product={found} why={why} />} />

  const { storefront, ...messages } = await getMessages()
  return (
    <NextIntlClientProvider
      messages={{
        ...clientWords({ storefront, ...messages }),
        storefront: { buy: storefront.buy },
        delivery: { shown: messages.delivery.shown },
      }}
    >
      <ChoiceProvider variants={variants} initial={initialChoice(variants, await searchParams)}>
        <Layout
          product={found}
          panel={<BuyPanel action={`${path}/buy`} page={path} holdMinutes={found.rules.payWindowMinutes} />}
          bar={<BuyBar />}
        />
      </ChoiceProvider>
    </NextIntlClientProvider>
  )
}

/** Title, then the panel, then the rest on phones; the panel stays beside the text on wide screens. */
async function Layout({ product: shown, panel, bar }: { product: Product; panel: ReactNode; bar?: ReactNode }) {
  const t = await getTranslations('storefront.product')
  return (
    <article>
      <ProductJsonLd product={shown} />
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_23rem] lg:grid-rows-[auto_1fr]">
        <Head product={shown} />
        <div className="lg:sticky lg:top-6 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:self-start">{panel}</div>
        <div className="grid min-w-0 content-start gap-6">
          <MoneyStripExplained />
          <Card title={t('facts')}>
            <FactsTable product={shown} />
          </Card>
          <Card title={t('description')}>
            <p className="max-w-prose whitespace-pre-line">{shown.description}</p>
            <p className="mt-4 flex gap-2.5 rounded-md bg-sunken px-3.5 py-3 text-[0.9375rem]">
              <BookOpen aria-hidden className="mt-0.5 size-5 shrink-0 text-jade" />
              {shown.downloadAddress === 'included' ? t('guideDownloadBody') : t('guideBody')}
            </p>
          </Card>
          <Card title={t('rules')}>
            <p className="mb-4 max-w-prose text-ink-soft">{t('rulesHint')}</p>
            <RuleList rules={shown.rules} />
          </Card>
          <MerchantCard product={shown} />
        </div>
      </div>
      {bar}
    </article>
  )
}

async function Head({ product: shown }: { product: Product }) {
  const t = await getTranslations('storefront.nav')
  const { title, category, region, platform, headline } = shown
  return (
    <header className="grid content-start gap-5 sm:grid-cols-[15rem_minmax(0,1fr)] sm:items-start">
      <ProductCover glyph={category.glyph} platform={platform} headline={headline} className="rounded-lg" />
      <div className="min-w-0">
        <nav aria-label={t('crumbs')} className="-mt-1.5 text-sm">
          <Link
            href={`/categories/${category.slug}`}
            className="inline-flex min-h-9 items-center text-ink-soft underline-offset-4 hover:text-ink hover:underline"
          >
            {category.name}
          </Link>
        </nav>
        <h1 className="text-2xl sm:text-[1.75rem]">{title}</h1>
        <p className="mt-2.5 flex flex-wrap gap-1.5">
          {region && <Tag>{region}</Tag>}
          {platform && <Tag>{platform}</Tag>}
        </p>
      </div>
    </header>
  )
}

async function MerchantCard({ product: { merchant } }: { product: Product }) {
  const t = await getTranslations('storefront')
  return (
    <Card title={`${t('product.merchant')} · ${merchant.name}`}>
      <MerchantFacts merchant={merchant} />
      <MerchantRecordFacts merchant={merchant} />
      <div className="mt-5">
        <ButtonLink href={`/merchants/${merchant.slug}`} variant="secondary" size="sm">
          {t('merchant.visit')}
        </ButtonLink>
      </div>
    </Card>
  )
}

async function requireProduct(params: Props['params']): Promise<Product> {
  const { slug } = await params
  return (await product(await getLocale(), slug)) ?? notFound()
}
