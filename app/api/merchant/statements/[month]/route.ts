import { createTranslator } from 'next-intl'
import { z } from 'zod'
import { routing } from '@/i18n/routing'
import { db } from '@/lib/infra/db'
import { type Statement, renderStatement } from '@/lib/infra/documents'
import { inSnapshot } from '@/lib/infra/snapshot'
import { Refusal } from '@/lib/kernel/refusal'
import { findStatement } from '@/lib/queries/merchant'
import { csvResponse, pdfResponse } from '@/lib/web/download'
import { limit } from '@/lib/web/rate-limit'
import { currentUser } from '@/lib/web/session'
import { createStreamSlots } from '@/lib/web/stream-slots'
import { messagesOf } from '@/messages'
import { statementCsv } from './statement-csv'

const Query = z.object({
  format: z.enum(['pdf', 'csv']).catch('pdf'),
  lang: z.enum(routing.locales).catch(routing.defaultLocale),
})

/** Each keeps a connection to the database until it is written: two at a time leave the mall its others, one a merchant. */
const slots = createStreamSlots(2, 1)

/**
 * The signed-in merchant's statement of one month (`2026-02`); nobody else gets more than a 404. It is written down
 * whole while the database shows one moment: a slow reader then holds no transaction.
 */
export async function GET(request: Request, { params }: { params: Promise<{ month: string }> }): Promise<Response> {
  const merchantId = (await currentUser())?.merchantId
  if (!merchantId) return new Response(null, { status: 404 })
  if (slots.isFull(merchantId)) return new Response(null, { status: 503, headers: { 'Retry-After': '10' } })
  const giveBack = slots.take(merchantId)
  try {
    return await draw(request, merchantId, (await params).month)
  } finally {
    giveBack()
  }
}

async function draw(request: Request, merchantId: string, month: string): Promise<Response> {
  if (!(await mayDraw(merchantId))) return new Response(null, { status: 429, headers: { 'Retry-After': '900' } })
  const { format, lang } = Query.parse(Object.fromEntries(new URL(request.url).searchParams))
  const t = createTranslator({ locale: lang, messages: messagesOf(lang), namespace: 'console.transfer' })
  const nameOf = (code: string) => (t.has(code as 'pay') ? t(code as 'pay') : code)
  const write = (statement: Statement) => (format === 'csv' ? statementCsv : renderStatement)(statement, lang)
  const written = await inSnapshot(db(), async (tx) => {
    const statement = await findStatement(tx, merchantId, month, { now: new Date(), nameOf })
    return statement && new Response(write(statement)).blob()
  })
  if (!written) return new Response(null, { status: 404 })
  const fileName = `keybond-statement-${month}.${format}`
  return (format === 'csv' ? csvResponse : pdfResponse)(fileName, written.stream())
}

async function mayDraw(merchantId: string): Promise<boolean> {
  try {
    await limit('statement:merchant', merchantId)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
