import { randomBytes } from 'node:crypto'
import Stripe from 'stripe'
import type { Event } from './objects'

/** How long Stripe's next tries wait here: a short day. */
const PAUSES_MS = [100, 400, 1_600]

export interface Delivery {
  readonly event: string
  readonly type: string
  /** What the mall answered; 0 when it did not. */
  readonly status: number
}

/** Signs events as Stripe does and brings them to the mall, again after anything but a 2xx. */
export class PostOffice {
  readonly events: Event[] = []
  readonly deliveries: Delivery[] = []
  private readonly held: Event[] = []
  private readonly onTheWay = new Set<Promise<void>>()
  private readonly stopped = new AbortController()

  constructor(
    private readonly address: { readonly url: string | null; readonly secret: string; readonly clock: () => Date },
    private readonly mode: () => 'deliver' | 'twice' | 'lose' | 'hold',
  ) {}

  /** A fact as it stands now: what happens to the thing later is not in this event. */
  post(type: string, thing: object, account?: string): void {
    const event: Event = {
      id: `evt_${randomBytes(12).toString('hex')}`,
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: Math.floor(this.address.clock().getTime() / 1_000),
      type,
      livemode: false,
      ...(account === undefined ? {} : { account }),
      data: { object: structuredClone(thing) },
    }
    this.events.push(event)
    const mode = this.mode()
    if (mode === 'hold') this.held.push(event)
    if (mode === 'deliver' || mode === 'twice') this.send(event)
    if (mode === 'twice') this.send(event)
  }

  /** Brings the held events, each after the one before was answered. */
  async release(order: 'as-made' | 'backwards'): Promise<void> {
    const events = this.held.splice(0)
    for (const event of order === 'backwards' ? events.toReversed() : events) {
      this.send(event)
      await this.settled()
    }
  }

  /** Brings events again, as one may in Stripe's dashboard: all of them, or the one. */
  async again(id: string | null): Promise<void> {
    for (const event of this.events.filter((known) => id === null || known.id === id)) this.send(event)
    await this.settled()
  }

  async settled(): Promise<void> {
    while (this.onTheWay.size > 0) await Promise.all(this.onTheWay)
  }

  async close(): Promise<void> {
    this.stopped.abort()
    await this.settled()
  }

  private send(event: Event): void {
    const { url } = this.address
    if (url === null) return
    const way = this.deliver(url, event).finally(() => this.onTheWay.delete(way))
    this.onTheWay.add(way)
  }

  private async deliver(url: string, event: Event): Promise<void> {
    for (const pause of [...PAUSES_MS, null]) {
      const status = await this.knock(url, event)
      this.deliveries.push({ event: event.id, type: event.type, status })
      if ((status >= 200 && status < 300) || pause === null || this.stopped.signal.aborted) return
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }

  private async knock(url: string, event: Event): Promise<number> {
    const body = JSON.stringify(event, null, 2)
    const timestamp = Math.floor(this.address.clock().getTime() / 1_000)
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: this.address.secret,
      timestamp,
    })
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(10_000)]),
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      // Nobody there: counted like any other answer that is no yes, and tried again.
      return 0
    }
  }
}
