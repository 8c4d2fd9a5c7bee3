import { findTile } from '@/lib/domain/sealing'
import { db } from '@/lib/infra/db'

/** Tiles and entry bundles at the paths of C2SP tlog-tiles. What exists never changes; a tile still growing is asked for by its width. */
export async function GET(request: Request): Promise<Response> {
  // The address as it was sent: Next's parameters are decoded, and each tile has one spelling.
  const bytes = await findTile(db(), new URL(request.url).pathname.replace(/^\/log\//u, ''))
  if (!bytes) return new Response(null, { status: 404 })
  return new Response(bytes, {
    headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'public, max-age=31536000, immutable' },
  })
}
