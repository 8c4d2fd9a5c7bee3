import { canonicalJson } from '@/lib/kernel/canonical-json'
import { db } from '@/lib/infra/db'
import { findDeliveredSnapshot } from '@/lib/queries/order'
import { currentBuyer } from '@/lib/web/action'

/** A delivered order's snapshot byte for byte as it was hashed: the file's SHA-256 is the fingerprint on the order page. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/api/orders/[number]/snapshot'>,
): Promise<Response> {
  const { number } = await params
  const order = await findDeliveredSnapshot(db(), (await currentBuyer()).buyer, number)
  if (!order) return new Response(null, { status: 404 })
  return new Response(canonicalJson(order.snapshot), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${order.number}.json"`,
      'Cache-Control': 'private, no-store',
    },
  })
}
