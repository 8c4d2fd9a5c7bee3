import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { openUpload } from '@/app/[locale]/merchant/stock/imports/read-preview'
import { rejectedCsv } from '@/app/[locale]/merchant/stock/imports/rejected-csv'
import { routing } from '@/i18n/routing'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { findImport, findStoredUpload, rejectedLines } from '@/lib/queries/merchant'
import { ImportChoices } from '@/lib/stock-files'
import { csvResponse } from '@/lib/web/download'
import { isFromOwnPage } from '@/lib/web/own-page'
import { limit } from '@/lib/web/rate-limit'
import { currentUser } from '@/lib/web/session'

/**
 * The lines of an import that were not taken, as CSV, with their text while the upload is kept; nobody but its merchant gets
 * more than a 404. POST, so that no link, prefetch or history opens it.
 */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  if (!isFromOwnPage(request)) return new Response(null, { status: 403 })
  const merchantId = (await currentUser())?.merchantId
  const importId = z.uuid().safeParse((await params).id).data
  if (!merchantId || importId === undefined) return nothing
  const found = await findImport(db(), merchantId, importId, new Date())
  if (!found) return nothing
  try {
    await limit('export:merchant', merchantId)
  } catch (error) {
    if (error instanceof Refusal) return new Response(null, { status: 429, headers: { 'Retry-After': '900' } })
    throw error
  }
  const upload = await findStoredUpload(db(), merchantId, importId)
  const choices = ImportChoices.safeParse(upload?.choices).data
  const asked = new URL(request.url).searchParams.get('locale')
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const t = await getTranslations({ locale, namespace: 'upload' })
  const csv = rejectedCsv(
    rejectedLines(db(), merchantId, importId),
    upload && choices ? { bytes: openUpload(upload)(), choices } : null,
    {
      line: t('line'),
      why: t('why'),
      verdict: (verdict) => t(`verdict.${verdict}`),
      column: (at) => choices?.mapping.columns[at]?.label ?? t('columnNumber', { number: at + 1 }),
    },
  )
  return csvResponse(`keybond-rejected-${importId}.csv`, csv)
}
