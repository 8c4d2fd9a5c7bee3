import { setTimeout as sleep } from 'node:timers/promises'
import type { StreamSlots } from './stream-slots'

const LOOK_EVERY_MS = 2_000
const HEARTBEAT_EVERY = 8
/** Then the stream ends; a page that is still open connects again by itself, with a fresh check of who asks. */
const LOOKS = 150

interface Watched {
  /** Under which the open streams are counted. */
  readonly key: string
  readonly slots: StreamSlots
  /** Null: there is no such thing (any more) for who asks. */
  readonly read: () => Promise<string | null>
}

/** Server-sent `version` events of what a page shows; the present version at once. 404 without one, 503 when too many listen. */
export async function versionStream({ signal }: Request, { key, slots, read }: Watched): Promise<Response> {
  const first = await read()
  if (first === null) return new Response(null, { status: 404 })
  if (slots.isFull(key)) return new Response(null, { status: 503, headers: { 'Retry-After': '30' } })

  const encoder = new TextEncoder()
  async function* versions() {
    const giveBack = slots.take(key)
    try {
      yield encoder.encode(`retry: 3000\n${eventOf(first)}`)
      let last = first
      for (let look = 1; look <= LOOKS; look++) {
        await sleep(LOOK_EVERY_MS)
        if (signal.aborted) return
        const version = await read()
        if (version !== last) yield encoder.encode(eventOf(version))
        else if (look % HEARTBEAT_EVERY === 0) yield encoder.encode(': still here\n\n')
        last = version
      }
    } finally {
      giveBack()
    }
  }
  const source = versions()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await source.return(undefined)
    },
  })
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // no-transform: compression would hold small events back.
      'Cache-Control': 'private, no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}

function eventOf(version: string | null): string {
  return `event: version\ndata: ${version ?? 'gone'}\n\n`
}
