import { ownOrigins } from '@/lib/infra/own-origins'

/**
 * Whether a page of this site sent the request. Browsers say where it comes from; the older ones, which only name their origin,
 * are asked for that. A program that names nothing has no cookies that another site could use.
 */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = request.headers.get('origin')
  return origin === null || ownOrigins().includes(origin)
}
