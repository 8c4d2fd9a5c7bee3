import { headers } from 'next/headers'

const UNKNOWN = 'unknown'

/**
 * The address that the request came from, for counting only. The last entry of X-Forwarded-For is the one that the
 * nearest hop wrote: our own server (lib/cli/socket-address.mjs), or the proxy of KEYBOND_TRUST_PROXY, which appends.
 * Earlier ones are the client's words.
 */
export async function clientIp(): Promise<string> {
  return lastHop((await headers()).get('x-forwarded-for'))
}

/** Pure part of `clientIp`; an IPv6 address counts as its /64, which is what one customer is given. */
export function lastHop(forwardedFor: string | null | undefined): string {
  const last =
    forwardedFor
      ?.split(',')
      .at(-1)
      ?.trim()
      .replace(/^::ffff:/iu, '') ?? ''
  if (last === '') return UNKNOWN
  if (!last.includes(':')) return last.slice(0, 64)
  const [head = '', tail] = last.toLowerCase().split('%')[0]?.split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ''))
    .join(':')
    .slice(0, 64)
}
