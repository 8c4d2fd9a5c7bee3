import { z } from 'zod'
import { type Sql, type Tx, empty, join, selectRows, sql } from '@/lib/domain/tx'
import { DeliveryKind } from '@/lib/infra/prisma/enums'
import { DAY_MS, after } from '@/lib/kernel/time'
import { CardRow, type ProductCard, cardsOf, toCard } from './card'
import { type ListFilters, wordsOf } from './filters'
import { MerchantWithRecordJson, type MerchantWithRecord, merchantBySlug } from './find-merchant'
import { forSale, soldSince } from './for-sale'
import { said } from './localise'

export const PAGE_SIZE = 24
export const SOLD_DAYS = 30

export interface Facet {
  readonly value: string
  readonly name: string
  readonly count: number
}

export interface ProductList {
  readonly total: number
  readonly pages: number
  readonly cards: readonly ProductCard[]
  /** What the list could be narrowed to, counted over words and scope only, so that a choice never hides the others. */
  readonly facets: {
    readonly categories: readonly Facet[]
    readonly regions: readonly Facet[]
    readonly platforms: readonly Facet[]
    /** By kind; the names are the reader's. */
    readonly deliveries: ReadonlyArray<{ readonly value: DeliveryKind; readonly count: number }>
  }
  /** Whose list this is; null in every other list, and for a merchant that is not there or was never admitted. */
  readonly merchant: MerchantWithRecord | null
}

/** Where a list lives when not in the whole mall. */
export interface ListScope {
  readonly categorySlug?: string
  readonly merchantSlug?: string
}

const Counted = z.object({ value: z.string(), nameZh: z.string(), nameEn: z.string(), count: z.int() })
const Row = z.object({
  total: z.int(),
  cards: z.array(CardRow),
  categories: z.array(Counted),
  regions: z.array(Counted),
  platforms: z.array(Counted),
  deliveries: z.array(z.object({ value: z.enum(DeliveryKind), count: z.int() })),
  merchant: MerchantWithRecordJson.nullable(),
})

/**
 * One page of what is for sale, the total, the facets and whose list it is, in one statement whatever the length. Every word of the
 * search must be found in the product's search text; `%` and `_` are letters there.
 */
export async function listProducts(
  tx: Tx,
  locale: string,
  filters: ListFilters,
  scope: ListScope,
  now: Date,
): Promise<ProductList> {
  const [row] = await selectRows(
    tx,
    Row,
    sql`
      WITH base AS MATERIALIZED (
        SELECT p.id, p."merchantId", p.region, p.platform, p."publishedAt", ${relevance(filters.q)} AS hits,
               c.slug AS category, c."nameZh", c."nameEn", c.position
        FROM product p JOIN merchant m ON m.id = p."merchantId" JOIN category c ON c.id = p."categoryId"
        WHERE ${forSale} ${scope.categorySlug ? sql`AND c.slug = ${scope.categorySlug}` : empty}
          ${scope.merchantSlug ? sql`AND m.slug = ${scope.merchantSlug}` : empty} ${matching(filters.q)}
      ), ${filters.sort === 'sold' ? sql`sold AS (${soldSince(after(now, -SOLD_DAYS * DAY_MS))}),` : empty}
      matched AS MATERIALIZED (
        SELECT base.id, ${orderColumns(filters.sort)}
        FROM base ${offerJoin(filters, now)} ${filters.sort === 'sold' ? sql`LEFT JOIN sold ON sold.id = base.id` : empty}
        WHERE ${narrowed(filters)}
      ), picked AS (
        SELECT id, row_number() OVER (ORDER BY first DESC, "publishedAt" DESC, id DESC) AS rank FROM matched
        ORDER BY rank LIMIT ${PAGE_SIZE} OFFSET ${(filters.page - 1) * PAGE_SIZE}
      )
      SELECT (SELECT count(*)::int FROM matched) AS total, (${cardsOf(sql`picked`, now)}) AS cards,
             ${facet(sql`category`, sql`"nameZh"`, sql`"nameEn"`, sql`min(position), category`)} AS categories,
             ${facet(sql`region`, sql`region`, sql`region`)} AS regions,
             ${facet(sql`platform`, sql`platform`, sql`platform`)} AS platforms,
             ${DELIVERIES} AS deliveries,
             ${scope.merchantSlug ? merchantBySlug(scope.merchantSlug, now) : sql`NULL`} AS merchant`,
  )
  const { total, cards, categories, regions, platforms, deliveries, merchant } = row ?? Row.parse({})
  const named = (found: z.infer<typeof Counted>[]) =>
    found.map(({ value, nameZh, nameEn, count }) => ({ value, name: said(locale, nameZh, nameEn), count }))
  return {
    total,
    pages: Math.ceil(total / PAGE_SIZE),
    cards: cards.map((card) => toCard(card, locale)),
    facets: { categories: named(categories), regions: named(regions), platforms: named(platforms), deliveries },
    merchant,
  }
}

/** `%` and `_` are typed by people ("100%"), never wildcards here. */
function containing(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
}

function matching(q: string): Sql {
  const words = wordsOf(q)
  return words.length === 0
    ? empty
    : sql`AND ${join(
        words.map((word) => sql`p."searchText" LIKE ${containing(word)}`),
        ' AND ',
      )}`
}

/** How many of the words the titles themselves contain; the rest were found in category, region and the like. */
function relevance(q: string): Sql {
  const words = wordsOf(q)
  if (words.length === 0) return sql`0`
  const title = sql`lower(p."titleZh" || ' ' || COALESCE(p."titleEn", ''))`
  return sql`(${join(
    words.map((word) => sql`(${title} LIKE ${containing(word)})::int`),
    ' + ',
  )})`
}

/** Prices and stock are looked at for the whole list only when it is sorted or narrowed by them. */
function offerJoin({ sort, inStock, minMinor, maxMinor }: ListFilters, now: Date): Sql {
  if (!sort.startsWith('price') && !inStock && minMinor === null && maxMinor === null) return empty
  return sql`
    CROSS JOIN LATERAL (
      SELECT COALESCE(min(v."priceMinor") FILTER (WHERE s.some), min(v."priceMinor")) AS "fromMinor", bool_or(s.some) AS "inStock"
      FROM variant v
      CROSS JOIN LATERAL (SELECT v.delivery = 'MANUAL' OR EXISTS (SELECT 1 FROM cdk WHERE cdk."variantId" = v.id AND cdk.state = 'AVAILABLE'
                                         AND cdk."sellBy" > ${now}::timestamptz) AS some) s
      WHERE v."productId" = base.id AND v."merchantId" = base."merchantId" AND v.active
    ) offer`
}

function narrowed({ category, region, platform, delivery, inStock, minMinor, maxMinor }: ListFilters): Sql {
  return join(
    [
      sql`TRUE`,
      ...(category === null ? [] : [sql`base.category = ${category}`]),
      ...(region === null ? [] : [sql`base.region = ${region}`]),
      ...(platform === null ? [] : [sql`base.platform = ${platform}`]),
      ...(delivery === null
        ? []
        : [
            sql`EXISTS (SELECT 1 FROM variant v WHERE v."productId" = base.id AND v."merchantId" = base."merchantId" AND v.active
              AND v.delivery = ${delivery}::"DeliveryKind")`,
          ]),
      ...(inStock ? [sql`offer."inStock"`] : []),
      ...(minMinor === null ? [] : [sql`offer."fromMinor" >= ${minMinor}`]),
      ...(maxMinor === null ? [] : [sql`offer."fromMinor" <= ${maxMinor}`]),
    ],
    ' AND ',
  )
}

/** `first` is what the list is sorted by, descending; the newest come first among equals. */
function orderColumns(sort: ListFilters['sort']): Sql {
  const first = {
    best: sql`base.hits`,
    newest: sql`0`,
    'price-up': sql`-offer."fromMinor"`,
    'price-down': sql`offer."fromMinor"`,
    sold: sql`COALESCE(sold.sold, 0)`,
  }[sort]
  return sql`${first} AS first, base."publishedAt"`
}

const DELIVERIES = sql`
  (SELECT COALESCE(jsonb_agg(to_jsonb(f) ORDER BY f.value), '[]'::jsonb) FROM (
    SELECT v.delivery AS value, count(DISTINCT base.id) AS count
    FROM base JOIN variant v ON v."productId" = base.id AND v."merchantId" = base."merchantId" AND v.active GROUP BY 1) f)`

function facet(value: Sql, nameZh: Sql, nameEn: Sql, order: Sql = sql`count(*) DESC, ${value}`): Sql {
  return sql`
    (SELECT COALESCE(jsonb_agg(f.facet ORDER BY f.place), '[]'::jsonb) FROM (
      SELECT jsonb_build_object('value', ${value}, 'nameZh', min(${nameZh}), 'nameEn', min(${nameEn}), 'count', count(*)) AS facet,
             row_number() OVER (ORDER BY ${order}) AS place
      FROM base WHERE ${value} IS NOT NULL GROUP BY ${value} ORDER BY place LIMIT 40) f)`
}
