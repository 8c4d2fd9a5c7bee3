import { env } from '@/lib/infra/env'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Where this server reaches itself: the address it listens on, not the public one, which may lead through a proxy that
 * is not reachable from here.
 */
export function innerOrigin(): string {
  const { HOST, PORT } = env()
  if (HOST === '0.0.0.0' || HOST === '::') return `http://127.0.0.1:${PORT}`
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`
}

/** Every origin that is this installation: the public one, the inner one, and on a developer's machine all its names. */
export function ownOrigins(): string[] {
  const shown = new URL(env().KEYBOND_URL)
  const names = LOOPBACK.includes(shown.hostname) ? LOOPBACK : []
  const aliases = names.map((name) => new URL(`${shown.protocol}//${name}:${shown.port || '80'}`).origin)
  return [...new Set([shown.origin, innerOrigin(), ...aliases])]
}
