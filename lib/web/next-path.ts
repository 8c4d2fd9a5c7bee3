/** The header in which proxy.ts hands the requested path (with its query) to pages; the browser cannot set it. */
export const PATH_HEADER = 'x-keybond-path'

const HERE = 'http://keybond.invalid'

/** A path of this site to go on to, or `otherwise`: never another host, whatever the address bar was fed. */
export function safeNextPath(wanted: string | null | undefined, otherwise: string): string {
  if (!wanted || wanted.length > 500 || !/^\/(?![/\\])/u.test(wanted) || !URL.canParse(wanted, HERE)) return otherwise
  const { origin, pathname, search } = new URL(wanted, HERE)
  if (origin !== HERE || pathname.startsWith('//') || pathname.startsWith('/api/')) return otherwise
  return pathname + search
}
