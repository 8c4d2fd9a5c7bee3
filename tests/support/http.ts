import { type IncomingMessage, type Server, createServer } from 'node:http'

export interface Served {
  readonly origin: string
  readonly close: () => Promise<void>
}

/** A real HTTP server on a free port of this machine in front of a fetch-style handler. */
export async function serve(handle: (request: Request) => Promise<Response>): Promise<Served> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const answer = await handle(asRequest(incoming, originOf(server))).catch(
        (error: unknown) => new Response(String(error), { status: 500 }),
      )
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
      outgoing.end(Buffer.from(await answer.arrayBuffer()))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { origin: originOf(server), close }
}

function originOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  return `http://127.0.0.1:${address.port}`
}

function asRequest(incoming: IncomingMessage, origin: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const { method = 'GET', url = '/' } = incoming
  if (method === 'GET' || method === 'HEAD') return new Request(new URL(url, origin), { method, headers })
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      incoming.on('data', (chunk: Uint8Array) => controller.enqueue(chunk))
      incoming.on('end', () => controller.close())
    },
  })
  // Not in the DOM's types: Node asks for it when a body is a stream.
  const halfDuplex = { duplex: 'half' }
  return new Request(new URL(url, origin), { method, headers, body, ...halfDuplex })
}
