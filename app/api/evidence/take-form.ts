import { EVIDENCE_KINDS } from '@/lib/domain/complaints'
import { MOST_IMAGE_BYTES, PART_BYTES, openEvidence, receivePart } from '@/lib/domain/evidence'
import { evidenceTools } from '@/lib/infra/evidence'
import { ownOrigins } from '@/lib/infra/own-origins'
import { cdkVault } from '@/lib/infra/vault'
import { Refusal } from '@/lib/kernel/refusal'
import { EVIDENCE_QUERY } from '@/lib/web/evidence-upload'
import { run } from '@/lib/web/action'
import { limit } from '@/lib/web/rate-limit'
import { refusalMessage } from '@/lib/web/refusal-message'
import { guestCheckoutIds } from '@/lib/web/guest-access'
import { currentUser } from '@/lib/web/session'
import { createStreamSlots } from '@/lib/web/stream-slots'
import { z } from 'zod'
import { readBody } from './read-body'
import { localeOf, requireUploader } from './uploader'

/** The largest file and what a form adds to it. A form is held in memory, so only few at a time. */
const MOST_FORM_BYTES = MOST_IMAGE_BYTES + 64 * 1024
const slots = createStreamSlots(3, 1)

const Form = z.object({
  complaintId: z.uuid(),
  kind: z.enum(EVIDENCE_KINDS),
  file: z.instanceof(File),
})

/**
 * One small file out of a form, for browsers without JavaScript, and back to the page it was sent from, which says what became of it
 * (`?evidence=ready`, or why not).
 */
export async function takeForm(request: Request): Promise<Response> {
  try {
    await take(request)
    return backTo(request, 'ready')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const noun = 'evidence/'
    if (error.code.startsWith(noun)) return backTo(request, error.code.slice(noun.length), error)
    return backTo(request, 'failed', error)
  }
}

async function take(request: Request): Promise<void> {
  const asker = await askedBy()
  if (slots.isFull(asker)) throw new Refusal('evidence/busy')
  const giveBack = slots.take(asker)
  try {
    const bytes = await readBody(request, MOST_FORM_BYTES, 'evidence/too-large')
    const type = request.headers.get('content-type') ?? ''
    const body = new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    // Cut off, or no form at all.
    const form = await body.formData().catch(() => {
      throw new Refusal('input/invalid')
    })
    const parsed = Form.safeParse(Object.fromEntries(form)).data
    if (!parsed) throw new Refusal('input/invalid')
    const { complaintId, kind, file } = parsed
    const { side, actor } = await requireUploader(complaintId)
    await limit('evidence:side', `${complaintId}:${side}`)
    const announced = { complaintId, side, kind, fileName: file.name, byteCount: file.size }
    const now = new Date()
    const fileId = await run((tx) => openEvidence(tx, cdkVault(), announced, actor, now))
    const tools = evidenceTools(run)
    for (let offset = 0; offset < file.size; offset += PART_BYTES) {
      const part = file.slice(offset, offset + PART_BYTES)
      await receivePart(tools, { fileId, offset, bytes: piecesOf(part) }, now)
    }
  } finally {
    giveBack()
  }
}

/** Whose form it may be, before its case is known: a stranger holds up nobody, and whoever sends slowly only himself. */
async function askedBy(): Promise<string> {
  const asker = (await currentUser())?.id ?? (await guestCheckoutIds())[0]
  if (asker === undefined) throw new Refusal('access/not-found')
  return asker
}

async function* piecesOf(part: Blob): AsyncGenerator<Uint8Array, void, undefined> {
  yield new Uint8Array(await part.arrayBuffer())
}

/** To the page of ours that sent the form, if it said which; else in words. */
function backTo(request: Request, result: string, refusal?: Refusal): Response {
  const from = request.headers.get('referer') ?? ''
  if (!URL.canParse(from) || !ownOrigins().includes(new URL(from).origin)) {
    const text = refusal ? refusalMessage(refusal, localeOf(request)) : 'OK'
    return new Response(text, {
      status: refusal ? 422 : 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    })
  }
  const { pathname, searchParams } = new URL(from)
  searchParams.set(EVIDENCE_QUERY, result)
  const location = `${pathname}?${searchParams.toString()}#evidence`
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
