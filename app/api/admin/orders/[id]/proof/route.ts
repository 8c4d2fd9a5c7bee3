import { z } from 'zod'
import { backToPage, localeOf } from '@/app/api/proof-answers'
import { db } from '@/lib/infra/db'
import { findOrderOf } from '@/lib/queries/provenance'
import { proofResponse } from '@/lib/web/proof-download'
import { currentUser } from '@/lib/web/session'

/** The proof of any order, for operators; nobody else gets more than a 404. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  const user = await currentUser()
  const { data: id } = z.uuid().safeParse((await params).id)
  if (user?.role !== 'OPERATOR' || id === undefined) return nothing
  const order = await findOrderOf(db(), null, id)
  if (!order) return nothing
  return proofResponse({
    ask: { subject: { kind: 'order', id: order.id }, open: 'all' },
    countedBy: user.id,
    fileName: `keybond-proof-${order.number}`,
    otherwise: backToPage(`/admin/orders/${order.id}`, localeOf(request)),
  })
}
