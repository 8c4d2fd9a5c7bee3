import { DeliveryKind } from '@/lib/infra/prisma/enums'
import type { Minor } from '@/lib/kernel/money'

export const SORTS = ['best', 'newest', 'price-up', 'price-down', 'sold'] as const
export type Sort = (typeof SORTS)[number]

/** What a list is narrowed to; everything in it stands in the address bar. */
export interface ListFilters {
  readonly q: string
  readonly category: string | null
  readonly region: string | null
  readonly platform: string | null
  /** Something of it is delivered like this. */
  readonly delivery: DeliveryKind | null
  readonly inStock: boolean
  readonly minMinor: Minor | null
  readonly maxMinor: Minor | null
  /** `best` is relevance when there are words to search for, else newest first. */
  readonly sort: Sort
  readonly page: number
}

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>

const MOST_CHARACTERS = 80
const MOST_WORDS = 8
const MOST_PAGE = 10_000

/** Reads a list's address. What makes no sense there is ignored: an old or mistyped link still shows a list. */
export function readFilters(params: SearchParams): ListFilters {
  const minMinor = priceIn(one(params.min))
  const maxMinor = priceIn(one(params.max))
  const swapped = minMinor !== null && maxMinor !== null && minMinor > maxMinor
  return {
    q: one(params.q).slice(0, MOST_CHARACTERS),
    category: one(params.category) || null,
    region: one(params.region) || null,
    platform: one(params.platform) || null,
    delivery: Object.values(DeliveryKind).find((kind) => kind.toLowerCase() === one(params.delivery)) ?? null,
    inStock: one(params.stock) === '1',
    minMinor: swapped ? maxMinor : minMinor,
    maxMinor: swapped ? minMinor : maxMinor,
    sort: SORTS.find((sort) => sort === one(params.sort)) ?? 'best',
    page: pageIn(one(params.page)),
  }
}

/** The query part of the address that `readFilters` reads back; defaults are left out, so every list has one address. */
export function writeFilters(filters: ListFilters): string {
  const { q, category, region, platform, delivery, inStock, minMinor, maxMinor, sort, page } = filters
  const query = new URLSearchParams()
  if (q) query.set('q', q)
  if (category) query.set('category', category)
  if (region) query.set('region', region)
  if (platform) query.set('platform', platform)
  if (delivery) query.set('delivery', delivery.toLowerCase())
  if (inStock) query.set('stock', '1')
  if (minMinor !== null) query.set('min', priceText(minMinor))
  if (maxMinor !== null) query.set('max', priceText(maxMinor))
  if (sort !== 'best') query.set('sort', sort)
  if (page > 1) query.set('page', String(page))
  const text = query.toString()
  return text ? `?${text}` : ''
}

/** Minor units as a person types them: 1250 is "12.5". */
export function priceText(minor: Minor): string {
  return String(minor / 100)
}

/** The words to look for, the way search texts are written: NFKC (full-width becomes plain), lower case. */
export function wordsOf(q: string): string[] {
  const words = q.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean)
  return [...new Set(words)].slice(0, MOST_WORDS)
}

function one(value: string | readonly string[] | undefined): string {
  const text = typeof value === 'string' ? value : (value?.[0] ?? '')
  // PostgreSQL has no NUL in its texts.
  return text.replaceAll('\u0000', '').trim()
}

function priceIn(text: string): Minor | null {
  const [, yuan, fen = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC')) ?? []
  return yuan === undefined ? null : Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
}

function pageIn(text: string): number {
  return /^\d{1,6}$/.test(text) ? Math.min(Math.max(Number(text), 1), MOST_PAGE) : 1
}
