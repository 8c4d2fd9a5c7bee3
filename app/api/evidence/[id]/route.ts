import { dropEvidence, evidenceBytes } from '@/lib/domain/evidence'
import { db } from '@/lib/infra/db'
import { evidenceStore } from '@/lib/infra/evidence'
import { cdkVault } from '@/lib/infra/vault'
import { findEvidence } from '@/lib/queries/evidence'
import { run } from '@/lib/web/action'
import { sideInCase } from '@/lib/web/case-side'
import { contentDisposition } from '@/lib/web/download'
import { isFromOwnPage } from '@/lib/web/own-page'
import { z } from 'zod'
import { answered, requireOwnUpload } from '@/app/api/evidence/uploader'
import { type ByteRange, byteRange } from './byte-range'
import { saveName } from './save-name'

type Context = { params: Promise<{ id: string }> }
type File = NonNullable<Awaited<ReturnType<typeof findEvidence>>>

/**
 * A file of a case, to its sides; to anybody else, and before it was looked through, it is not there. Its type is what its bytes are, and
 * the browser takes it for nothing else and runs nothing of it. Ranges open only the parts that hold them.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const found = await findFor((await params).id, request)
  if (!found) return new Response(null, { status: 404 })
  const { file, range, headers, status } = found
  if (range === null) return new Response(null, { status, headers })
  const tools = { vault: cdkVault(), store: evidenceStore() }
  return new Response(streamOf(evidenceBytes(tools, file, range)), { status, headers })
}

/** The same without the bytes. */
export async function HEAD(request: Request, { params }: Context): Promise<Response> {
  const found = await findFor((await params).id, request)
  return new Response(null, found ? { status: found.status, headers: found.headers } : { status: 404 })
}

/** Gives up an upload of one's own side that is not finished. What is in the case's chain stays. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  if (!isFromOwnPage(request)) return new Response(null, { status: 403 })
  return answered(request, async () => {
    const { fileId } = await requireOwnUpload((await params).id)
    const store = evidenceStore()
    for (const fileKey of await run((tx) => dropEvidence(tx, fileId))) await store.drop(fileKey)
    return new Response(null, { status: 204 })
  })
}

async function findFor(
  asked: string,
  request: Request,
): Promise<{ file: File; range: ByteRange | null; status: number; headers: Headers } | null> {
  const id = z.uuid().safeParse(asked).data
  const file = id === undefined ? null : await findEvidence(db(), id)
  if (!file || (await sideInCase(file.complaintId)) === null) return null
  const { byteCount, contentType } = file
  const tag = `"${file.sha256}"`
  const headers = new Headers({
    'content-type': contentType,
    'content-disposition': contentDisposition(
      contentType === 'application/pdf' ? 'attachment' : 'inline',
      saveName(file.fileName, contentType),
    ),
    'content-security-policy':
      "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    etag: tag,
  })
  const unchanged = request.headers.get('if-range')
  const wanted = unchanged === null || unchanged === tag ? byteRange(request.headers.get('range'), byteCount) : null
  if (wanted === 'unsatisfiable') {
    headers.set('content-range', `bytes */${byteCount}`)
    return { file, range: null, status: 416, headers }
  }
  const range = wanted ?? { from: 0, to: byteCount }
  headers.set('content-length', String(range.to - range.from))
  if (wanted) headers.set('content-range', `bytes ${range.from}-${range.to - 1}/${byteCount}`)
  return { file, range, status: wanted ? 206 : 200, headers }
}

/** Pulled as the reader takes them; whoever leaves closes the file. */
function streamOf(bytes: AsyncGenerator<Uint8Array, void, undefined>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await bytes.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await bytes.return()
    },
  })
}
