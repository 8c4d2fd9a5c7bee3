import { z } from 'zod'
import { localeOf } from '@/app/api/proof-answers'
import { streamCaseBundle } from '@/lib/infra/case-bundle'
import { db } from '@/lib/infra/db'
import { logKeys } from '@/lib/infra/log-key'
import { inSnapshot } from '@/lib/infra/snapshot'
import { Refusal } from '@/lib/kernel/refusal'
import { findCaseBundle } from '@/lib/queries/case/bundle'
import { sideInCase } from '@/lib/web/case-side'
import { zipResponse } from '@/lib/web/download'
import { limit } from '@/lib/web/rate-limit'
import { createStreamSlots } from '@/lib/web/stream-slots'
import { messagesOf } from '@/messages'
import { contentsOf } from './contents'

/** Each may be a gigabyte long, and its documents are drawn for it. */
const slots = createStreamSlots(8, 2)

/**
 * The evidence bundle of a case as it stands now, to its sides (both parties, its arbitrators, operators) in any state; to anybody else it
 * is not there. Sent as it is made.
 */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { data: id } = z.uuid().safeParse((await params).id)
  const side = id === undefined ? null : await sideInCase(id)
  if (id === undefined || side === null) return new Response(null, { status: 404 })
  const askedBy = `${id} ${side}`
  try {
    await limit('bundle:side', askedBy)
  } catch (error) {
    if (error instanceof Refusal) return new Response(null, { status: 429, headers: { 'Retry-After': '900' } })
    throw error
  }
  if (slots.isFull(askedBy)) {
    const headers = { 'Retry-After': '30', 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    return new Response(messagesOf(localeOf(request)).bundle.download.busy, { status: 503, headers })
  }
  const giveBack = slots.take(askedBy)
  try {
    const source = await inSnapshot(db(), (tx) => findCaseBundle(tx, logKeys(), id, new Date()))
    if (!source) {
      giveBack()
      return new Response(null, { status: 404 })
    }
    const fileName = `keybond-case-${source.caseFile.number}.zip`
    return zipResponse(fileName, streamCaseBundle(contentsOf(source), giveBack))
  } catch (error) {
    giveBack()
    throw error
  }
}
