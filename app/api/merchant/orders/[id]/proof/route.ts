import { z } from 'zod'
import { backToPage, localeOf } from '@/app/api/proof-answers'
import { db } from '@/lib/infra/db'
import { findOrderOf } from '@/lib/queries/provenance'
import { proofResponse } from '@/lib/web/proof-download'
import { currentUser } from '@/lib/web/session'

/** The proof of one of the merchant's orders; nobody else gets more than a 404. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  const merchantId = (await currentUser())?.merchantId
  const { data: id } = z.uuid().safeParse((await params).id)
  if (!merchantId || id === undefined) return nothing
  const order = await findOrderOf(db(), merchantId, id)
  if (!order) return nothing
  return proofResponse({
    ask: { subject: { kind: 'order', id: order.id }, open: 'all' },
    countedBy: merchantId,
    fileName: `keybond-proof-${order.number}`,
    otherwise: backToPage(`/merchant/orders/${order.id}`, localeOf(request)),
  })
}
