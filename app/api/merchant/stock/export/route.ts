import { hasLocale } from 'next-intl'
import { ExportForm, chosenOf, DESK } from '@/app/[locale]/merchant/stock/desk/desk-query'
import { getPathname } from '@/i18n/navigation'
import { routing } from '@/i18n/routing'
import type { Actor } from '@/lib/domain/actor'
import { startExport } from '@/lib/domain/stock'
import { db } from '@/lib/infra/db'
import { readBody } from '@/lib/kernel/read-body'
import { Refusal } from '@/lib/kernel/refusal'
import { isStockExportOf } from '@/lib/queries/merchant'
import { run } from '@/lib/web/action'
import { clientIp } from '@/lib/web/client-ip'
import { requireAccount } from '@/lib/web/credentials'
import { csvResponse } from '@/lib/web/download'
import { formObject } from '@/lib/web/form-action'
import { limit } from '@/lib/web/rate-limit'
import { type SessionUser, currentUser } from '@/lib/web/session'
import { exportCsv } from './export-csv'

/** A form that names 200 CDKs has some 10 KB. */
const MOST_FORM_BYTES = 64 * 1024

/**
 * Chosen codes of the merchant as a file, with the password again: each line is taken out of sale and marked before it is
 * sent. With `exportId` an export that was made before is read again. What is refused leads back to the desk.
 */
export async function POST(request: Request): Promise<Response> {
  const user = await currentUser()
  if (!user?.merchantId) return new Response(null, { status: 404 })
  const asked = new URL(request.url).searchParams.get('locale')
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const body = await readBody(request, MOST_FORM_BYTES)
  if (body === null) return new Response(null, { status: 413 })
  const headers = { 'content-type': request.headers.get('content-type') ?? '' }
  const parsed = ExportForm.safeParse(formObject(await new Response(body, { headers }).formData()))
  const back = (code: string) => {
    const page = parsed.data?.exportId ? `${DESK}/exports` : DESK
    const to = `${getPathname({ href: page, locale })}?refused=${encodeURIComponent(code)}`
    return new Response(null, { status: 303, headers: { Location: to, 'Cache-Control': 'no-store' } })
  }
  if (!parsed.success) return back('input/invalid')
  const now = new Date()
  try {
    const actor: Actor = { kind: 'MERCHANT', id: user.id }
    const { merchantId } = user
    const { password, exportId: old, ...form } = parsed.data
    await requirePassword(user, merchantId, password)
    if (old !== undefined && !(await isStockExportOf(db(), merchantId, old))) throw new Refusal('access/not-found')
    const chosen = old === undefined ? chosenOf(form) : null
    const exportId =
      old ?? (await run((tx) => startExport(tx, { merchantId, chosen: chosen ?? { ids: [] } }, actor, now)))
    const csv = await exportCsv({ merchantId, exportId, chosen, actor, locale, now })
    return csvResponse(`keybond-export-${exportId}.csv`, csv)
  } catch (error) {
    if (error instanceof Refusal) return back(error.code)
    throw error
  }
}

async function requirePassword({ id, email }: SessionUser, merchantId: string, password: string): Promise<void> {
  await limit('stock-export:merchant', merchantId)
  const account = await requireAccount(db(), limit, { email, password, ip: await clientIp() })
  if (account.id !== id) throw new Refusal('auth/wrong-credentials')
}
