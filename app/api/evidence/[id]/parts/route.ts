import { PART_BYTES, receivePart, requireProgress } from '@/lib/domain/evidence'
import { evidenceTools } from '@/lib/infra/evidence'
import { Refusal } from '@/lib/kernel/refusal'
import { run } from '@/lib/web/action'
import { isFromOwnPage } from '@/lib/web/own-page'
import { createStreamSlots } from '@/lib/web/stream-slots'
import { z } from 'zod'
import { bodyOf } from '@/app/api/evidence/read-body'
import { answered, requireOwnUpload } from '@/app/api/evidence/uploader'

const MOST_AT_ONCE = 24
/** Of one side of one case: its tabs and devices. */
const slots = createStreamSlots(MOST_AT_ONCE, 4)
const NO_STORE = { 'cache-control': 'private, no-store' }
const Offset = z.coerce.number().int().nonnegative()

type Context = { params: Promise<{ id: string }> }

/** How far an upload is: `{ offset, state }`. Whole and not READY: it is being looked through. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answered(request, async () => {
    const { fileId } = await requireOwnUpload((await params).id)
    return Response.json(await run((tx) => requireProgress(tx, fileId)), { headers: NO_STORE })
  })
}

/**
 * The bytes from `?offset=` on, at most 4 MiB as they are; answers `{ offset, state }`, 409 with the right `offset` when the upload stands elsewhere. They go
 * to the disk as they come.
 */
export async function PUT(request: Request, { params }: Context): Promise<Response> {
  if (!isFromOwnPage(request)) return new Response(null, { status: 403 })
  return answered(request, async () => {
    const { fileId, complaintId, side } = await requireOwnUpload((await params).id)
    const offset = Offset.safeParse(new URL(request.url).searchParams.get('offset') ?? undefined).data
    if (offset === undefined) throw new Refusal('input/invalid')
    const key = `${complaintId}:${side}`
    if (slots.isFull(key)) throw new Refusal('evidence/busy')
    const giveBack = slots.take(key)
    try {
      const bytes = bodyOf(request, PART_BYTES, 'evidence/part-too-large')
      const progress = await receivePart(evidenceTools(run), { fileId, offset, bytes }, new Date())
      return Response.json(progress, { headers: NO_STORE })
    } finally {
      giveBack()
    }
  })
}
