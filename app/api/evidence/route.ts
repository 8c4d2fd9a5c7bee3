import { EVIDENCE_KINDS } from '@/lib/domain/complaints'
import { PART_BYTES, openEvidence } from '@/lib/domain/evidence'
import { db } from '@/lib/infra/db'
import { cdkVault } from '@/lib/infra/vault'
import { Refusal } from '@/lib/kernel/refusal'
import { listUploads } from '@/lib/queries/evidence'
import { run } from '@/lib/web/action'
import { isFromOwnPage } from '@/lib/web/own-page'
import { limit } from '@/lib/web/rate-limit'
import { z } from 'zod'
import { readBody } from './read-body'
import { takeForm } from './take-form'
import { answered, requireUploader } from './uploader'

const MOST_JSON_BYTES = 16 * 1024
const LONGEST_NAME = 1_000

const Announced = z.object({
  complaintId: z.uuid(),
  kind: z.enum(EVIDENCE_KINDS),
  fileName: z.string().transform((name) => name.slice(-LONGEST_NAME)),
  byteCount: z.int().nonnegative(),
})

/** The unfinished uploads of the asker's side of a case (`?complaintId=`), with the bytes that are here. */
export async function GET(request: Request): Promise<Response> {
  return answered(request, async () => {
    const { complaintId, side } = await requireUploader(new URL(request.url).searchParams.get('complaintId') ?? '')
    return Response.json({ uploads: await listUploads(db(), complaintId, side) }, { headers: NO_STORE })
  })
}

/**
 * Announces a file: JSON `{ complaintId, kind, fileName, byteCount }`, answered 201 `{ id, offset, partBytes }`; its bytes follow in parts. A form without
 * JavaScript brings a small file whole and is led back to its page. To anybody but the sides of the case it is not there.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isFromOwnPage(request)) return new Response(null, { status: 403 })
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) return takeForm(request)
  return answered(request, async () => {
    const text = (await readBody(request, MOST_JSON_BYTES, 'input/invalid')).toString('utf8')
    const announced = Announced.safeParse(jsonOf(text)).data
    if (!announced) throw new Refusal('input/invalid')
    const { side, actor } = await requireUploader(announced.complaintId)
    await limit('evidence:side', `${announced.complaintId}:${side}`)
    const id = await run((tx) => openEvidence(tx, cdkVault(), { ...announced, side }, actor, new Date()))
    return Response.json({ id, offset: 0, partBytes: PART_BYTES }, { status: 201, headers: NO_STORE })
  })
}

const NO_STORE = { 'cache-control': 'private, no-store' }

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
