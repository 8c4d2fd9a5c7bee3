import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { byteRange } from '@/app/api/evidence/[id]/byte-range'
import { PUT as putPart, GET as where } from '@/app/api/evidence/[id]/parts/route'
import { DELETE as discard, HEAD as head, GET as serve } from '@/app/api/evidence/[id]/route'
import { GET as unfinished, POST as post } from '@/app/api/evidence/route'
import { PART_BYTES } from '@/lib/domain/evidence'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import type { SessionUser } from '@/lib/web/session'
import { type OpenCase, anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { aVideo } from '@/tests/support/evidence'
import { filesFolder, tools } from '@/tests/support/imports'
import { PDF, PNG } from '@/tests/support/proofs'

/** Who asks. Only this is made up: routes, file store, verbs and database are the real ones. */
const sender = vi.hoisted(() => ({ user: null as SessionUser | null, checkoutIds: [] as readonly string[] }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve(sender.checkoutIds) }))
vi.mock('@/lib/infra/vault', async () => {
  const factories = await import('@/tests/support/factories')
  return { cdkVault: () => factories.vault }
})
vi.mock('@/lib/infra/files', async (original) => ({
  ...(await original<object>()),
  fileStore: () => tools.files,
}))
vi.mock('next-intl/server', () => ({ getLocale: async () => Promise.resolve('en') }))

let opened: OpenCase
beforeEach(async () => {
  opened = await anOpenCase()
  sender.user = null
  sender.checkoutIds = [await checkoutOf(opened)]
})

async function checkoutOf({ orderId }: OpenCase): Promise<string> {
  const { checkoutId } = await db.order.findUniqueOrThrow({ where: { id: orderId }, select: { checkoutId: true } })
  return checkoutId
}

function as(role: Role | null, merchantId: string | null = null): SessionUser | null {
  sender.checkoutIds = []
  const id = newId()
  sender.user = role && { id, email: `${id}@example.com`, displayName: 'x', role, merchantId }
  return sender.user
}

const MALL = 'http://localhost:3000'
const OWN = { 'sec-fetch-site': 'same-origin' }
const of = (id: string) => ({ params: Promise.resolve({ id }) })
interface Said {
  readonly id: string
  readonly offset: number
  readonly state: string
  readonly code: string
  readonly message: string
}
const said = async (response: Response) => (await response.json()) as Said

async function announce(byteCount: number, changes: object = {}, headers: Record<string, string> = OWN) {
  const body = { complaintId: opened.complaintId, kind: 'ISSUER_MESSAGE', fileName: 'a.png', byteCount, ...changes }
  const url = `${MALL}/api/evidence?locale=en`
  return post(
    new Request(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
}

async function send(id: string, bytes: Uint8Array, offset = 0, headers: Record<string, string> = OWN) {
  const url = `${MALL}/api/evidence/${id}/parts?locale=en&offset=${offset}`
  return putPart(new Request(url, { method: 'PUT', headers, body: new Uint8Array(bytes) }), of(id))
}

async function aFile(bytes: Uint8Array = PNG, fileName = 'a.png'): Promise<string> {
  const { id } = await said(await announce(bytes.length, { fileName }))
  for (let offset = 0; offset < bytes.length; offset += PART_BYTES) {
    expect((await send(id, bytes.subarray(offset, offset + PART_BYTES), offset)).status).toBe(200)
  }
  return id
}

const get = async (id: string, headers: Record<string, string> = {}) =>
  serve(new Request(`${MALL}/api/evidence/${id}`, { headers }), of(id))

describe('an upload', () => {
  test('of a guest is announced, sent in parts and listed until it is finished', async () => {
    const video = Buffer.concat([...aVideo(PART_BYTES + 300)])
    const announced = await announce(video.length, { fileName: 'a.mp4', kind: 'ACTIVATION_RECORDING' })
    expect(announced.status).toBe(201)
    const { id, ...rest } = await said(announced)
    expect(rest).toEqual({ offset: 0, partBytes: PART_BYTES })
    expect(await said(await send(id, video.subarray(0, PART_BYTES)))).toEqual({
      offset: PART_BYTES,
      state: 'UPLOADING',
    })
    const list = await unfinished(new Request(`${MALL}/api/evidence?complaintId=${opened.complaintId}`))
    expect(await list.json()).toEqual({
      uploads: [{ id, fileName: 'a.mp4', kind: 'ACTIVATION_RECORDING', byteCount: video.length, offset: PART_BYTES }],
    })
    expect((await get(id)).status).toBe(404)
    const lost = await send(id, video.subarray(0, 10), 77)
    expect([lost.status, await said(lost)]).toMatchObject([409, { code: 'evidence/offset', offset: PART_BYTES }])
    expect(await said(await send(id, video.subarray(PART_BYTES), PART_BYTES))).toMatchObject({ state: 'READY' })
    expect(await said(await where(new Request(`${MALL}/`), of(id)))).toEqual({ offset: video.length, state: 'READY' })
    const again = await unfinished(new Request(`${MALL}/api/evidence?complaintId=${opened.complaintId}`))
    expect(await again.json()).toEqual({ uploads: [] })
  })

  test('of 5 GB is refused when it is announced, and where the announcement lied', async () => {
    const large = await announce(5 * 2 ** 30)
    expect([large.status, await said(large)]).toMatchObject([413, { code: 'evidence/too-large' }])
    expect((await announce(10, { fileName: 'x'.repeat(20_000) })).status).toBe(400)
    const { id } = await said(await announce(1_000))
    let taken = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += 64 * 1024
        controller.enqueue(new Uint8Array(Buffer.concat([PNG, Buffer.alloc(64 * 1024 - PNG.length)])))
      },
    })
    const lying = new Request(`${MALL}/api/evidence/${id}/parts?offset=0&locale=en`, {
      method: 'PUT',
      headers: OWN,
      body: endless,
      // @ts-expect-error -- undici wants it of streams; the DOM's types do not know it
      duplex: 'half',
    })
    const answer = await putPart(lying, of(id))
    expect([answer.status, await said(answer)]).toMatchObject([413, { code: 'evidence/too-large' }])
    expect(taken).toBeLessThan(1_000_000)
    expect(await db.evidenceFile.findUnique({ where: { id } })).toMatchObject({ state: 'REFUSED' })
    const { id: other } = await said(await announce(1_000))
    const told = await send(other, PNG, 0, { ...OWN, 'content-length': String(5 * 2 ** 30) })
    expect([told.status, told.headers.get('connection')]).toEqual([413, 'close'])
  })

  test('is not there for anybody but its side', async () => {
    const { id } = await said(await announce(PNG.length))
    const strangers = [
      () => as(null),
      () => as('BUYER'),
      () => as('OPERATOR'),
      () => as('ARBITRATOR'),
      () => as('MERCHANT', newId()),
    ]
    for (const become of strangers) {
      become()
      expect((await announce(10)).status).toBe(404)
      expect((await send(id, PNG)).status).toBe(404)
      expect((await where(new Request(MALL), of(id))).status).toBe(404)
    }
    // The other side of the same case brings its own, and does not touch this.
    as('MERCHANT', opened.merchantId)
    expect((await send(id, PNG)).status).toBe(404)
    expect((await discard(new Request(MALL, { method: 'DELETE', headers: OWN }), of(id))).status).toBe(404)
    expect((await announce(10)).status).toBe(201)
    expect((await send('x', PNG)).status).toBe(404)
  })

  test('of another site is refused', async () => {
    const { id } = await said(await announce(PNG.length))
    for (const site of ['cross-site', 'same-site']) {
      expect((await announce(10, {}, { 'sec-fetch-site': site })).status).toBe(403)
      expect((await send(id, PNG, 0, { 'sec-fetch-site': site })).status).toBe(403)
    }
  })

  test('is given up by its side, and may be announced again', async () => {
    const { id } = await said(await announce(PNG.length))
    expect((await discard(new Request(MALL, { method: 'DELETE', headers: OWN }), of(id))).status).toBe(204)
    expect((await send(id, PNG)).status).toBe(410)
  })

  test('of an arbitrator of the case is his', async () => {
    const user = as('ARBITRATOR')
    await db.complaint.update({
      where: { id: opened.complaintId },
      data: { arbitratorId: user?.id ?? null },
    })
    const id = await aFile()
    expect(await db.evidenceFile.findUnique({ where: { id } })).toMatchObject({ side: 'STAFF', uploadedById: user?.id })
    const entry = await db.caseEntry.findFirst({ where: { complaintId: opened.complaintId, type: 'evidence' } })
    expect(entry).toMatchObject({ actorKind: 'ARBITRATOR', actorId: user?.id })
  })
})

describe('without JavaScript', () => {
  async function form(bytes: Uint8Array, headers: Record<string, string> = {}) {
    const body = new FormData()
    body.set('complaintId', opened.complaintId)
    body.set('kind', 'ISSUER_MESSAGE')
    body.set('file', new File([new Uint8Array(bytes)], 'shot.png'))
    const written = new Response(body)
    const type = written.headers.get('content-type') ?? ''
    const request = { body: await written.arrayBuffer(), headers: { ...OWN, ...headers, 'content-type': type } }
    return post(new Request(`${MALL}/api/evidence?locale=en`, { method: 'POST', ...request }))
  }
  const PAGE = `${MALL}/en/orders/1/complaints/2`

  test('a form brings a small file and leads back to its page', async () => {
    const answer = await form(PNG, { referer: `${PAGE}?a=b` })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/en/orders/1/complaints/2?a=b&evidence=ready#evidence',
    ])
    expect(await db.evidenceFile.findFirst({ where: { complaintId: opened.complaintId } })).toMatchObject({
      state: 'READY',
      fileName: 'shot.png',
    })
  })

  test('what was refused is said there, and never leads to another site', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    expect((await form(svg, { referer: PAGE })).headers.get('location')).toContain('?evidence=type#')
    expect((await form(Buffer.alloc(22 * 2 ** 20), { referer: PAGE })).headers.get('location')).toContain('=too-large#')
    const elsewhere = await form(svg, { referer: 'https://evil.example.com/x' })
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([422, null])
    expect(await elsewhere.text()).toContain('cannot be evidence')
    as('BUYER')
    expect((await form(PNG, { referer: PAGE })).headers.get('location')).toContain('=failed#')
  })
})

describe('a form that is sent slowly', () => {
  function slowly() {
    let pulled = 0
    let end = () => undefined as void
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          pulled += 1
          await new Promise<void>((resolve) => (end = resolve))
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { ...OWN, 'content-type': 'multipart/form-data; boundary=x' }
    const init = { method: 'POST', headers, body, duplex: 'half' }
    const answer = post(new Request(`${MALL}/api/evidence?locale=en`, init))
    return { answer, pulled: () => pulled, end: () => end() }
  }

  test('by a stranger is not read at all', async () => {
    as(null)
    const form = slowly()
    expect((await form.answer).status).toBe(422)
    expect(form.pulled()).toBe(0)
  })

  test('holds up nobody but its sender', async () => {
    const form = slowly()
    await vi.waitFor(() => expect(form.pulled()).toBe(1))
    // The same browser again, then another side of the case.
    expect(await (await slowly().answer).text()).toContain('Too many')
    as('MERCHANT', opened.merchantId)
    const other = slowly()
    await vi.waitFor(() => expect(other.pulled()).toBe(1))
    for (const one of [form, other]) one.end()
    expect((await Promise.all([form.answer, other.answer])).map(({ status }) => status)).toEqual([422, 422])
  })
})

describe('a file', () => {
  test('is there for the sides of its case, and for nobody else', async () => {
    const id = await aFile()
    const other = await anOpenCase()
    const arbitrator = newId()
    await db.complaint.update({ where: { id: opened.complaintId }, data: { appealArbitratorId: arbitrator } })
    const may = [
      () => as('MERCHANT', opened.merchantId),
      () => as('OPERATOR'),
      () => {
        as('ARBITRATOR')
        if (sender.user) sender.user = { ...sender.user, id: arbitrator }
      },
    ]
    expect((await get(id)).status).toBe(200)
    for (const become of may) {
      become()
      expect((await get(id)).status).toBe(200)
    }
    const mayNot = [() => as(null), () => as('BUYER'), () => as('ARBITRATOR'), () => as('MERCHANT', other.merchantId)]
    for (const become of mayNot) {
      become()
      expect((await get(id)).status).toBe(404)
      expect((await head(new Request(MALL), of(id))).status).toBe(404)
    }
    // Whoever may open another case does not open this one by its file's id.
    as(null)
    sender.checkoutIds = [await checkoutOf(other)]
    expect((await get(id)).status).toBe(404)
    expect((await get(newId())).status).toBe(404)
    expect((await get('../../secrets')).status).toBe(404)
  })

  test('is shown as what its bytes are, and runs nothing', async () => {
    const shown = await get(await aFile(PNG, 'evil.html'))
    expect(Buffer.from(await shown.arrayBuffer()).equals(Buffer.from(PNG))).toBe(true)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="evil.html.png"; filename*=UTF-8''evil.html.png`,
      'content-security-policy':
        "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
      'content-length': String(PNG.length),
      'accept-ranges': 'bytes',
    })
    const pdf = await get(await aFile(PDF, '../收据\r\n".pdf'))
    expect(pdf.headers.get('content-disposition')).toBe(
      `attachment; filename="__-.pdf"; filename*=UTF-8''%E6%94%B6%E6%8D%AE-.pdf`,
    )
  })

  test('gives the ranges that a player asks for', async () => {
    const video = Buffer.concat([...aVideo(PART_BYTES + 2_000)])
    const id = await aFile(video, 'a.mp4')
    const from = PART_BYTES - 100
    const some = await get(id, { range: `bytes=${from}-${from + 199}` })
    expect([some.status, some.headers.get('content-range'), some.headers.get('content-length')]).toEqual([
      206,
      `bytes ${from}-${from + 199}/${video.length}`,
      '200',
    ])
    expect(Buffer.from(await some.arrayBuffer()).equals(video.subarray(from, from + 200))).toBe(true)
    const last = await get(id, { range: 'bytes=-5' })
    expect(Buffer.from(await last.arrayBuffer()).equals(video.subarray(-5))).toBe(true)
    const behind = await get(id, { range: `bytes=${video.length}-` })
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${video.length}`])
    const tag = some.headers.get('etag') ?? ''
    expect((await get(id, { range: 'bytes=0-0', 'if-range': tag })).status).toBe(206)
    expect((await get(id, { range: 'bytes=0-0', 'if-range': '"other"' })).status).toBe(200)
    const only = await head(new Request(MALL, { headers: { range: 'bytes=0-9' } }), of(id))
    expect([only.status, only.headers.get('content-length'), await only.text()]).toEqual([206, '10', ''])
  })

  test('ranges: one is answered, what means nothing is ignored', () => {
    expect(byteRange(null, 10)).toBeNull()
    for (const odd of ['bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'items=0-1', 'bytes=a-b']) {
      expect(byteRange(odd, 10), odd).toBeNull()
    }
    expect(byteRange('bytes=0-', 10)).toEqual({ from: 0, to: 10 })
    expect(byteRange('bytes=9-99', 10)).toEqual({ from: 9, to: 10 })
    expect(byteRange('bytes=-99', 10)).toEqual({ from: 0, to: 10 })
    expect(byteRange('bytes=10-', 10)).toBe('unsatisfiable')
    expect(byteRange('bytes=-0', 10)).toBe('unsatisfiable')
  })
})

test('nothing of a file lies readable in the folder', async () => {
  const id = await aFile(PDF, 'a.pdf')
  const { fileKey } = await db.evidencePart.findFirstOrThrow({ where: { fileId: id } })
  expect(readFileSync(`${filesFolder}/${fileKey}`).includes('%PDF')).toBe(false)
})
