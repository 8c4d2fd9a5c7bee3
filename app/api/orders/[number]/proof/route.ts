import { db } from '@/lib/infra/db'
import { findOrderOfBuyer } from '@/lib/queries/provenance'
import { currentBuyer } from '@/lib/web/action'
import { proofResponse } from '@/lib/web/proof-download'
import { backToPage, localeOf } from '@/app/api/proof-answers'

/** The proof of an order's CDKs, for whoever may open the order. What happened to them in other orders stays closed. */
export async function GET(request: Request, { params }: { params: Promise<{ number: string }> }): Promise<Response> {
  const { buyer } = await currentBuyer()
  const order = await findOrderOfBuyer(db(), buyer, (await params).number)
  if (!order) return new Response(null, { status: 404 })
  return proofResponse({
    ask: { subject: { kind: 'order', id: order.id } },
    countedBy: order.id,
    fileName: `keybond-proof-${order.number}`,
    otherwise: backToPage(`/orders/${order.number}`, localeOf(request)),
  })
}
