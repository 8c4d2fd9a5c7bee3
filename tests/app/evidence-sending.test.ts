import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type SendingOptions, sendEvidence } from '@/components/case/send-evidence'
import { PART_BYTES } from '@/lib/domain/evidence'

/** A server of a few lines; `faults` happen to the parts in turn. Browser and network are made up, the sending is the real one. */
const server = {
  byteCount: 0,
  offset: 0,
  faults: [] as ('lose' | 'refuse' | 'cut')[],
  asked: [] as string[],
  scanning: 0,
}

function state(): string {
  if (server.offset < server.byteCount) return 'UPLOADING'
  server.scanning -= 1
  return server.scanning < 0 ? 'READY' : 'UPLOADING'
}

function takePart(address: string, size: number): { status: number; body: unknown } {
  const offset = Number(new URL(address, 'http://x').searchParams.get('offset'))
  server.asked.push(`PUT ${offset}+${size}`)
  const fault = server.faults.shift()
  if (fault === 'cut') return { status: 0, body: null }
  if (fault === 'refuse') return { status: 415, body: { code: 'evidence/type', message: 'no such type' } }
  if (offset !== server.offset) return { status: 409, body: { code: 'evidence/offset', offset: server.offset } }
  server.offset += size
  return fault === 'lose' ? { status: 0, body: null } : { status: 200, body: { offset: server.offset, state: state() } }
}

class FakeXhr extends EventTarget {
  upload = new EventTarget()
  status = 0
  response: unknown = null
  responseType = ''
  #address = ''
  open(_method: string, address: string) {
    this.#address = address
  }
  setRequestHeader() {
    return undefined
  }
  abort() {
    this.dispatchEvent(new Event('loadend'))
  }
  send(body: Blob) {
    const { status, body: response } = takePart(this.#address, body.size)
    Object.assign(this, { status, response })
    queueMicrotask(() => this.dispatchEvent(new Event('loadend')))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(server, { byteCount: 2 * PART_BYTES + 10, offset: 0, faults: [], asked: [], scanning: 0 })
  vi.stubGlobal('XMLHttpRequest', FakeXhr)
  vi.stubGlobal('fetch', async (address: string, { method = 'GET' }: RequestInit = {}) => {
    server.asked.push(method)
    if (method === 'POST')
      return Promise.resolve(Response.json({ id: 'f1', offset: 0, partBytes: PART_BYTES }, { status: 201 }))
    return Promise.resolve(
      Response.json(
        {
          offset: server.offset,
          state: server.scanning > 0 || server.offset < server.byteCount ? 'UPLOADING' : state(),
        },
        { status: address ? 200 : 500 },
      ),
    )
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function send(changes: Partial<SendingOptions> = {}) {
  const seen: number[] = []
  const sending = sendEvidence({
    complaintId: 'c1',
    kind: 'ISSUER_MESSAGE',
    name: 'a.mp4',
    byteCount: server.byteCount,
    file: new File([new Uint8Array(server.byteCount)], 'a.mp4'),
    locale: 'en',
    id: null,
    onId: () => undefined,
    onSent: (bytes) => seen.push(bytes),
    signal: new AbortController().signal,
    ...changes,
  })
  await vi.advanceTimersByTimeAsync(200_000)
  return { result: await sending, seen }
}

test('announces, sends in parts, and is done when the server says so', async () => {
  const { result, seen } = await send()
  expect(result).toEqual({ status: 'ready' })
  expect(server.asked).toEqual([
    'POST',
    `PUT 0+${PART_BYTES}`,
    `PUT ${PART_BYTES}+${PART_BYTES}`,
    `PUT ${2 * PART_BYTES}+10`,
  ])
  expect(seen.at(-1)).toBe(server.byteCount)
})

test('after a lost answer it asks where to go on, and sends nothing twice', async () => {
  server.faults = ['lose']
  expect((await send()).result).toEqual({ status: 'ready' })
  expect(server.asked.slice(0, 4)).toEqual(['POST', `PUT 0+${PART_BYTES}`, 'GET', `PUT ${PART_BYTES}+${PART_BYTES}`])
})

test('after a reload it goes on with the same upload, from where the server is', async () => {
  server.offset = PART_BYTES
  expect((await send({ id: 'f1' })).result).toEqual({ status: 'ready' })
  expect(server.asked.slice(0, 2)).toEqual(['GET', `PUT ${PART_BYTES}+${PART_BYTES}`])
})

test('what another tab sent meanwhile is passed over', async () => {
  server.offset = PART_BYTES
  expect((await send()).result).toEqual({ status: 'ready' })
  expect(server.asked[2]).toBe(`PUT ${PART_BYTES}+${PART_BYTES}`)
})

test('a server that cannot be reached pauses it, a refusal ends it', async () => {
  server.faults = Array.from({ length: 10 }, () => 'cut' as const)
  expect((await send()).result).toEqual({ status: 'paused', message: 'unreachable' })
  server.faults = ['refuse']
  expect((await send({ id: 'f1' })).result).toEqual({ status: 'failed', message: 'no such type' })
})

test('it is looked after until the scanner has answered, and no longer than that', async () => {
  server.scanning = 3
  expect((await send()).result.status).toMatch(/ready|checking/u)
  server.scanning = 1_000
  server.offset = server.byteCount
  expect((await send({ id: 'f1', file: null })).result).toEqual({ status: 'checking' })
})

test('whoever pauses stops it', async () => {
  const stop = new AbortController()
  stop.abort()
  expect((await send({ id: 'f1', signal: stop.signal })).result).toEqual({ status: 'paused', message: null })
})
