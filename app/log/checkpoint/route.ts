import { findCheckpoint } from '@/lib/domain/sealing'
import { db } from '@/lib/infra/db'

// Of this moment: a build has no log.
export const dynamic = 'force-dynamic'

/** The newest signed tree head with the lines of the witnesses (C2SP tlog-tiles). */
export async function GET(): Promise<Response> {
  const checkpoint = await findCheckpoint(db())
  if (!checkpoint) return new Response(null, { status: 404 })
  return new Response(checkpoint.note, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=1' },
  })
}
