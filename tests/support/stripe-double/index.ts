import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import Stripe from 'stripe'
import { z } from 'zod'
import { OPERATIONS } from './api'
import { ApiError } from './api-error'
import { Books } from './books'
import { type Control, controlOf, switchOf } from './control'
import { type Fault, Faults } from './faults'
import { type Answered, Keys } from './keys'
import { type Page, answerPage } from './pages'
import { PostOffice } from './post-office'
import { type Understood, validate } from './validate'

export interface DoubleOptions {
  readonly port?: number
  /** Where events go; null keeps them. */
  readonly webhookUrl: string | null
  readonly webhookSecret: string
  readonly apiKey: string
  readonly clock?: () => Date
}

/** A call as it came in, for tests that count. */
export interface Call {
  readonly operation: string
  readonly key: string | null
  readonly body: Understood['body']
}

export interface StripeDouble {
  readonly url: string
  readonly control: Control
  readonly books: Books
  readonly post: PostOffice
  readonly calls: readonly Call[]
  /** Requests that Stripe's published document does not know: tests hold this against an empty list. */
  readonly violations: string[]
  readonly stop: () => Promise<void>
}

/**
 * A Stripe of one's own on 127.0.0.1: it speaks the operations that the mall uses, holds every request against Stripe's
 * published OpenAPI document, keeps books, shows the pages that Stripe hosts and signs events. Another process flips its
 * switches with POST /_double/<switch> and reads GET /_double/state.
 */
export async function startStripeDouble(options: DoubleOptions): Promise<StripeDouble> {
  const { port = 0, webhookUrl, webhookSecret, apiKey, clock = () => new Date() } = options
  const calls: Call[] = []
  const violations: string[] = []
  const keys = new Keys()
  const faults = new Faults()
  const books: Books = new Books(clock, (type, thing, account) => post.post(type, thing, account))
  const post = new PostOffice(
    { url: webhookUrl, secret: webhookSecret, clock: () => books.now() },
    () => books.settings.events,
  )
  const control = controlOf({ books, faults, keys, post })

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The double itself is broken: told to the test, not taken for one of Stripe's faults.
      violations.push(`the double failed: ${String(error)}`)
      send(response, { status: 500, body: { error: { type: 'api_error', message: String(error) } } })
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', books.origin)
    const body = await textOf(request)
    if (url.pathname.startsWith('/_double/')) return send(response, await steer(url.pathname.slice(9), body))
    if (!url.pathname.startsWith('/v1/')) return show(response, page(method, url, body))
    const verdict = validate(method, url.pathname, url.search.slice(1), body)
    const key = header(request, 'idempotency-key')
    const fault = faults.take(verdict.ok ? verdict.request.operation : `${method} ${url.pathname}`.toLowerCase())
    if (fault?.how === 'error') return send(response, fails(fault.status))
    if (fault?.how === 'hang') return
    const { answered, replayed } = carryOut(request, verdict, { key, raw: `${url.pathname}?${body}`, fault })
    if (fault?.how === 'cut') return void request.socket.destroy()
    if (fault?.how === 'late') await sleep(fault.delayMs, undefined, { ref: false })
    send(response, answered, {
      'stripe-version': Stripe.API_VERSION,
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    })
  }

  function carryOut(
    request: IncomingMessage,
    verdict: ReturnType<typeof validate>,
    { key, raw, fault }: { key: string | null; raw: string; fault: Fault | null },
  ): { answered: Answered; replayed: boolean } {
    try {
      admit(request)
      if (!verdict.ok) {
        violations.push(`${request.method} ${request.url}: ${verdict.message}`)
        const { status, message, param } = verdict
        throw new ApiError(status, 'invalid_request_error', message, param === undefined ? {} : { param })
      }
      calls.push({ operation: verdict.request.operation, key, body: verdict.request.body })
      if (request.method !== 'POST' || key === null) return { answered: perform(verdict.request), replayed: false }
      const before = keys.begin(key, raw, books.now().getTime())
      if (before) return { answered: before, replayed: true }
      const answered = fault?.how === 'saved-error' ? fails(fault.status) : perform(verdict.request)
      keys.finish(key, structuredClone(answered))
      return { answered, replayed: false }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return { answered: { status: error.status, body: error.body }, replayed: false }
    }
  }

  /** The endpoint runs; its refusals are answers that the key keeps. */
  function perform(request: Understood): Answered {
    try {
      const operation = OPERATIONS[request.operation]
      if (!operation) throw new Error(`the double does not know ${request.operation}`)
      return { status: 200, body: operation(books, request) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return { status: error.status, body: error.body }
    }
  }

  function admit(request: IncomingMessage): void {
    if (header(request, 'authorization') !== `Bearer ${apiKey}`) {
      throw new ApiError(401, 'invalid_request_error', 'Invalid API Key provided: sk_test_****')
    }
    const version = header(request, 'stripe-version')
    if (version !== Stripe.API_VERSION) violations.push(`speaks version ${version}, not ${Stripe.API_VERSION}`)
    if (request.method === 'POST' && header(request, 'content-type') !== 'application/x-www-form-urlencoded') {
      violations.push(`posts ${header(request, 'content-type')}`)
    }
  }

  function page(method: string, url: URL, body: string): Page {
    try {
      return answerPage(books, method, url, new URLSearchParams(body)) ?? { status: 404, html: 'Not found' }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return { status: error.status, html: error.message }
    }
  }

  async function steer(name: string, body: string): Promise<Answered> {
    if (name === 'state')
      return { status: 200, body: stateOf(books, { calls, violations, deliveries: post.deliveries }) }
    const run = switchOf(control, name)
    if (!run) return { status: 404, body: { error: `there is no switch ${name}` } }
    try {
      const input: unknown = body === '' ? {} : JSON.parse(body)
      return { status: 200, body: { done: (await run(input)) ?? null } }
    } catch (error) {
      if (error instanceof ApiError || error instanceof z.ZodError)
        return { status: 400, body: { error: error.message } }
      throw error
    }
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the double does not listen')
  books.origin = `http://127.0.0.1:${address.port}`
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await post.close()
  }
  return { url: books.origin, control, books, post, calls, violations, stop }
}

/** The books as lists, and what went on. */
function stateOf(books: Books, more: object): object {
  const { sessions, charges, refunds, accounts, transfers, disputes, lines, settings } = books
  const shelves = { sessions, charges, refunds, accounts, transfers, disputes, lines }
  const lists: Record<string, object[]> = {}
  for (const [name, shelf] of Object.entries<ReadonlyMap<string, object>>(shelves)) lists[name] = [...shelf.values()]
  return { ...lists, settings, ...more }
}

/** Conflicts and too many calls carry the type of bad requests at Stripe: the status tells them apart. */
function fails(status: number): Answered {
  const type = status >= 500 ? 'api_error' : 'invalid_request_error'
  return { status, body: { error: { type, message: 'An unknown error occurred' } } }
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

let requests = 0

function send(
  response: ServerResponse,
  { status, body }: Answered,
  headers: Readonly<Record<string, string>> = {},
): void {
  requests += 1
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': `req_${requests}`, ...headers })
  response.end(JSON.stringify(body))
}

function show(response: ServerResponse, { status, html = '', location }: Page): void {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, location === undefined ? headers : { ...headers, location })
  response.end(html)
}
