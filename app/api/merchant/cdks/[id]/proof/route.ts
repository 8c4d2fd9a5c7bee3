import { z } from 'zod'
import { backToPage, localeOf } from '@/app/api/proof-answers'
import { db } from '@/lib/infra/db'
import { findCdkOf } from '@/lib/queries/provenance'
import { proofResponse } from '@/lib/web/proof-download'
import { currentUser } from '@/lib/web/session'

/** The proof of one of the merchant's CDKs, sold or not; nobody else gets more than a 404. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  const merchantId = (await currentUser())?.merchantId
  const { data: id } = z.uuid().safeParse((await params).id)
  if (!merchantId || id === undefined) return nothing
  const cdkId = await findCdkOf(db(), merchantId, id)
  if (cdkId === null) return nothing
  return proofResponse({
    ask: { subject: { kind: 'cdk', id: cdkId }, open: 'all' },
    countedBy: merchantId,
    fileName: `keybond-proof-cdk-${cdkId}`,
    otherwise: backToPage(`/merchant/stock/desk/${cdkId}`, localeOf(request)),
  })
}
