import { db } from '@/lib/infra/db'
import { findOrderVersion } from '@/lib/queries/order'
import { currentBuyer } from '@/lib/web/action'
import { createStreamSlots } from '@/lib/web/stream-slots'
import { versionStream } from '@/lib/web/version-stream'

const slots = createStreamSlots(500, 8)

/** Server-sent `version` events of one order, for those who may open its page. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/api/orders/[number]/events'>,
): Promise<Response> {
  const { number } = await params
  const { buyer } = await currentBuyer()
  return versionStream(request, { key: number, slots, read: async () => findOrderVersion(db(), buyer, number) })
}
