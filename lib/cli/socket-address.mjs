import { subscribe } from 'node:diagnostics_channel'

/**
 * Loaded into the web process. Next keeps an X-Forwarded-For that the visitor wrote himself, which would let him count as
 * somebody else at every rate limit; unless a proxy in front is trusted, it is overwritten with the connection's address.
 */
if (process.env.KEYBOND_TRUST_PROXY !== 'yes') {
  subscribe('http.server.request.start', (message) => {
    const { request, socket } =
      /** @type {{ request: import('node:http').IncomingMessage, socket: import('node:net').Socket }} */ (message)
    request.headers['x-forwarded-for'] = socket.remoteAddress ?? 'unknown'
  })
}
