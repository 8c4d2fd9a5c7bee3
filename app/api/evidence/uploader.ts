import { hasLocale } from 'next-intl'
import { type Locale, routing } from '@/i18n/routing'
import type { Actor } from '@/lib/domain/actor'
import { db } from '@/lib/infra/db'
import type { CaseSide } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import type { RefusalCode } from '@/lib/kernel/refusal-codes'
import { findUploadSide } from '@/lib/queries/evidence'
import { sideInCase } from '@/lib/web/case-side'
import { refusalMessage } from '@/lib/web/refusal-message'
import { currentUser } from '@/lib/web/session'
import { z } from 'zod'

export interface Uploader {
  readonly complaintId: string
  readonly side: CaseSide
  readonly actor: Actor
}

/** Who may bring evidence to this case: its sides, and its arbitrators. Operators only read. Refuses `access/not-found`. */
export async function requireUploader(complaintId: string): Promise<Uploader> {
  const side = await sideInCase(complaintId)
  const user = await currentUser()
  if (side === null || (side === 'STAFF' && user?.role !== 'ARBITRATOR')) throw new Refusal('access/not-found')
  // Merchants and operators who bought something are guests there.
  if (side === 'BUYER') {
    return { complaintId, side, actor: { kind: 'BUYER', id: user?.role === 'BUYER' ? user.id : null } }
  }
  return { complaintId, side, actor: { kind: side === 'MERCHANT' ? 'MERCHANT' : 'ARBITRATOR', id: user?.id ?? null } }
}

/** Whose upload this is, if it is of the side of whoever asks. Refuses `access/not-found`. */
export async function requireOwnUpload(id: string): Promise<Uploader & { readonly fileId: string }> {
  const fileId = z.uuid().safeParse(id).data
  const upload = fileId === undefined ? null : await findUploadSide(db(), fileId)
  if (fileId === undefined || !upload) throw new Refusal('access/not-found')
  const uploader = await requireUploader(upload.complaintId)
  if (uploader.side !== upload.side) throw new Refusal('access/not-found')
  return { ...uploader, fileId }
}

const STATUS: Partial<Record<RefusalCode, number>> = {
  'access/not-found': 404,
  'auth/rate-limited': 429,
  'input/invalid': 400,
  'evidence/offset': 409,
  'evidence/gone': 410,
  'evidence/too-large': 413,
  'evidence/part-too-large': 413,
  'evidence/type': 415,
  'evidence/busy': 503,
}

/** `work`, or what it refused: `{ code, message }` in the language asked for, with `offset` where an upload goes on elsewhere. */
export async function answered(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return refused(error, localeOf(request))
    // Whoever sent it has gone, and nothing of it is left.
    if (request.signal.aborted) return new Response(null, { status: 400 })
    throw error
  }
}

export function localeOf(request: Request): Locale {
  const asked = new URL(request.url).searchParams.get('locale')
  return hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
}

function refused(refusal: Refusal, locale: Locale): Response {
  const status = STATUS[refusal.code] ?? 422
  const { offset } = refusal.params
  const headers = new Headers({ 'cache-control': 'no-store' })
  // What is still on its way is not read to its end.
  if (status === 413) headers.set('connection', 'close')
  if (status === 503 || status === 429) headers.set('retry-after', status === 503 ? '3' : '900')
  const body = { code: refusal.code, message: refusalMessage(refusal, locale) }
  return Response.json(typeof offset === 'number' ? { ...body, offset } : body, { status, headers })
}
