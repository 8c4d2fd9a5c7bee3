import { z } from 'zod'
import { inWords, localeOf } from '@/app/api/proof-answers'
import { db } from '@/lib/infra/db'
import { findCdkOf } from '@/lib/queries/provenance'
import { proofResponse } from '@/lib/web/proof-download'
import { currentUser } from '@/lib/web/session'

/** The proof of any CDK, for operators; nobody else gets more than a 404. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  const user = await currentUser()
  const { data: id } = z.uuid().safeParse((await params).id)
  if (user?.role !== 'OPERATOR' || id === undefined) return nothing
  const cdkId = await findCdkOf(db(), null, id)
  if (cdkId === null) return nothing
  return proofResponse({
    ask: { subject: { kind: 'cdk', id: cdkId }, open: 'all' },
    countedBy: user.id,
    fileName: `keybond-proof-cdk-${cdkId}`,
    otherwise: inWords(localeOf(request)),
  })
}
