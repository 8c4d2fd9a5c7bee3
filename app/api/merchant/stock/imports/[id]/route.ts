import { z } from 'zod'
import { db } from '@/lib/infra/db'
import { findImportProgress } from '@/lib/queries/merchant'
import { currentUser } from '@/lib/web/session'

/** How far an import is, for a page that watches it; nobody but its merchant gets more than a 404. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  const merchantId = (await currentUser())?.merchantId
  const importId = z.uuid().safeParse((await params).id).data
  if (!merchantId || importId === undefined) return nothing
  const progress = await findImportProgress(db(), merchantId, importId, new Date())
  return progress ? Response.json(progress, { headers: { 'Cache-Control': 'private, no-store' } }) : nothing
}
