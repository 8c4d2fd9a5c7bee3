import { revalidatePath } from 'next/cache'
import { hasLocale } from 'next-intl'
import { z } from 'zod'
import { receiveUpload } from '@/app/[locale]/merchant/stock/receive-upload'
import { FILE_NAME_HEADER, MOST_UPLOAD_BYTES } from '@/app/[locale]/merchant/stock/upload-limits'
import { type Locale, routing } from '@/i18n/routing'
import { Refusal } from '@/lib/kernel/refusal'
import type { RefusalCode } from '@/lib/kernel/refusal-codes'
import { run } from '@/lib/web/action'
import { isFromOwnPage } from '@/lib/web/own-page'
import { limit } from '@/lib/web/rate-limit'
import { refusalMessage } from '@/lib/web/refusal-message'
import { currentUser } from '@/lib/web/session'
import { createStreamSlots } from '@/lib/web/stream-slots'

const MOST_AT_ONCE = 16
/** One at a time of a merchant: each writes as fast as the disk takes it. */
const slots = createStreamSlots(MOST_AT_ONCE, 1)

const STATUS: Partial<Record<RefusalCode, number>> = {
  'access/not-found': 404,
  'auth/rate-limited': 429,
  'stock/too-large': 413,
  'stock/unreadable': 415,
  'stock/upload-busy': 409,
}

/**
 * A merchant's upload, its bytes as they are; the file's name stands in a header. Answers 201 with the import's id, or says what was
 * refused; to anybody else it is not there. Nothing is held in memory: the bytes go to the file store as they come.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isFromOwnPage(request)) return new Response(null, { status: 403 })
  const user = await currentUser()
  const merchantId = user?.role === 'MERCHANT' ? user.merchantId : null
  if (!user || merchantId === null) return new Response(null, { status: 404 })
  const query = new URL(request.url).searchParams
  const asked = query.get('locale')
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const variantId = z.uuid().safeParse(query.get('variantId')).data
  if (variantId === undefined) return refused(new Refusal('access/not-found'), locale)
  if (slots.isFull(merchantId)) return refused(new Refusal('stock/upload-busy'), locale)
  const giveBack = slots.take(merchantId)
  try {
    await limit('upload:merchant', merchantId)
    const of = { merchantId, variantId, userId: user.id, fileName: fileNameOf(request) }
    const importId = await receiveUpload(bodyOf(request), of, { run, now: new Date() })
    revalidatePath('/[locale]/merchant', 'layout')
    return Response.json({ importId }, { status: 201 })
  } catch (error) {
    if (error instanceof Refusal) return refused(error, locale)
    // Whoever sent it has gone, and nothing of it is left.
    if (error instanceof CutOff || request.signal.aborted) return new Response(null, { status: 400 })
    throw error
  } finally {
    giveBack()
  }
}

class CutOff extends Error {
  override readonly name = 'CutOff'
}

/** The bytes of a request; a connection that broke off must not pass for the end of a file. */
async function* bodyOf(request: Request): AsyncGenerator<Uint8Array, void> {
  const announced = request.headers.get('content-length')
  if (Number(announced) > MOST_UPLOAD_BYTES) throw new Refusal('stock/too-large')
  let count = 0
  for await (const piece of request.body ?? []) {
    count += piece.length
    yield piece
  }
  if (announced !== null && count < Number(announced)) throw new CutOff()
}

function fileNameOf(request: Request): string | null {
  const written = request.headers.get(FILE_NAME_HEADER)
  if (written === null) return null
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

function refused(refusal: Refusal, locale: Locale): Response {
  return Response.json({ message: refusalMessage(refusal, locale) }, { status: STATUS[refusal.code] ?? 422 })
}
