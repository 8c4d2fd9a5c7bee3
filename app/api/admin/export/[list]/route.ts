import { hasLocale } from 'next-intl'
import { routing } from '@/i18n/routing'
import { EXPORT_NAMES, type ExportName } from '@/app/[locale]/admin/_components/export-names'
import { csvResponse } from '@/lib/web/download'
import { currentUser } from '@/lib/web/session'
import { bookExports } from './books'
import { complaintExports } from './complaints'
import { type Exporter, wordsFor } from './exporter'
import { moneyExports } from './money'
import { shopExports } from './shop'
import { stockExports } from './stock'

const EXPORTERS: Readonly<Record<ExportName, Exporter>> = {
  ...moneyExports,
  ...bookExports,
  ...shopExports,
  ...stockExports,
  ...complaintExports,
}

/** A list of the desk as CSV, whole, under the filters of its page; nobody but operators gets more than a 404. */
export async function GET(request: Request, { params }: { params: Promise<{ list: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  if ((await currentUser())?.role !== 'OPERATOR') return nothing
  const asked = (await params).list
  const list = EXPORT_NAMES.find((name) => name === asked)
  if (!list) return nothing
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const locale = hasLocale(routing.locales, query.locale) ? query.locale : routing.defaultLocale
  const now = new Date()
  const csv = await EXPORTERS[list](query, await wordsFor(locale), now)
  return csv ? csvResponse(`keybond-${list}-${dayIn(now)}.csv`, csv) : nothing
}

/** The day in China, as the filters of the lists mean it. */
function dayIn(now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(now)
}
