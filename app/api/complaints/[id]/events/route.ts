import { db } from '@/lib/infra/db'
import { findCaseVersion } from '@/lib/queries/case'
import { sideInCase } from '@/lib/web/case-side'
import { createStreamSlots } from '@/lib/web/stream-slots'
import { versionStream } from '@/lib/web/version-stream'

const slots = createStreamSlots(500, 12)

/** Server-sent `version` events of one complaint, for its sides. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/api/complaints/[id]/events'>,
): Promise<Response> {
  const { id } = await params
  if ((await sideInCase(id)) === null) return new Response(null, { status: 404 })
  return versionStream(request, { key: id, slots, read: async () => findCaseVersion(db(), id) })
}
