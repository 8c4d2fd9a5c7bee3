import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freezeBatchAction, reviewBatchAction, unfreezeBatchAction } from '@/app/[locale]/admin/batches/actions'
import { handlePairAction } from '@/app/[locale]/admin/pairs/actions'
import {
  addImportProofAction,
  addProofAction,
  describeBatchAction,
} from '@/app/[locale]/merchant/stock/batches/actions'
import { GET as exportList } from '@/app/api/admin/export/[list]/route'
import { GET as proof } from '@/app/api/proofs/[id]/route'
import { chooseImport, openImport, startImport } from '@/lib/domain/stock-imports'
import type * as files from '@/lib/infra/files'
import type { FileStore } from '@/lib/infra/files'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { findAdminBatch, findPair, listAdminBatches, listPairs } from '@/lib/queries/admin'
import { findImportProofs, findMerchantBatch } from '@/lib/queries/merchant'
import { type ActionState, IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { batchOf, freeze, sweepOnce } from '@/tests/support/batches'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, aMerchant, run, vault } from '@/tests/support/factories'
import { PDF, PNG } from '@/tests/support/proofs'

/** Who sends the form, and where files lie. Wrappers, verbs, store and database are the real ones. */
const desk = vi.hoisted(() => ({ user: null as SessionUser | null, files: null as FileStore | null }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(desk.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve([]) }))
vi.mock('@/lib/infra/files', async (original) => ({
  ...(await original<typeof files>()),
  fileStore: () => desk.files,
}))
vi.mock('@/lib/infra/vault', async () => {
  const factories = await import('@/tests/support/factories')
  return { cdkVault: () => factories.vault }
})
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () => Promise.resolve(Object.assign((key: string) => key, { has: () => true })),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('@/i18n/navigation', () => ({ redirect: () => undefined, getPathname: () => '/' }))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'proofs-'))
  const { createFileStore } = await vi.importActual<typeof files>('@/lib/infra/files')
  desk.files = createFileStore(folder)
})
afterAll(async () => rm(folder, { recursive: true }))

const own = { merchantId: '', batchId: '', importId: '', pairId: '', variantId: '' }
beforeEach(async () => {
  desk.user = null
  const listing = await aListing({ stock: 2 })
  const { merchantId, variantId } = listing
  const batchId = await batchOf(listing)
  const cdk = await db.cdk.findFirstOrThrow({ where: { batchId } })
  const pair = { id: newId(), fingerprint: new Uint8Array(cdk.fingerprint), merchantId: await aMerchant() }
  await db.fingerprintPair.create({
    data: { ...pair, firstMerchantId: merchantId, firstCdkId: cdk.id, line: 7, seenAt: NOW },
  })
  Object.assign(own, {
    merchantId,
    batchId,
    variantId,
    pairId: pair.id,
    importId: await anImport(merchantId, variantId),
  })
})

async function anImport(merchantId: string, variantId: string): Promise<string> {
  const { wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const file = { fileName: 'codes.txt', fileKey: `imports/${newId()}`, byteCount: 12, wrappedKey, masterKeyVersion }
  return run((tx) => openImport(tx, { merchantId, variantId, uploadedById: newId(), ...file }, NOW))
}

async function aUser(role: Role, merchantId: string | null = null): Promise<SessionUser> {
  const id = newId()
  const user = { id, email: `${id}@example.com`, displayName: 'x', role, merchantId }
  await db.user.create({ data: { ...user, passwordHash: 'x', createdAt: NOW } })
  return user
}

type Action = (state: ActionState<never>, form: FormData) => Promise<ActionState<unknown>>
type Form = Readonly<Record<string, string | File>>
async function send(action: unknown, form: Form): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(form)) data.set(name, value)
  const state = await (action as Action)(IDLE, data)
  return state.status === 'refused' ? state.code : state.status
}
const pdf = (name = 'invoice.pdf') => new File([PDF], name, { type: 'application/pdf' })

async function world(): Promise<string> {
  const [batches, proofs, imports, pairs, actions] = [
    await db.stockBatch.findMany({
      orderBy: { id: 'asc' },
      select: { id: true, review: true, frozenAt: true, source: true },
    }),
    await db.batchProof.count(),
    await db.stockImport.findMany({ orderBy: { id: 'asc' }, select: { id: true, batchId: true } }),
    await db.fingerprintPair.findMany({ orderBy: { id: 'asc' }, select: { id: true, handledAt: true } }),
    await db.operatorAction.count(),
  ]
  return JSON.stringify({ batches, proofs, imports, pairs, actions })
}

const MERCHANT: readonly { name: string; action: unknown; form: () => Form }[] = [
  {
    name: 'describeBatchAction',
    action: describeBatchAction,
    form: () => ({ batchId: own.batchId, source: 'PUBLISHER', sourceNote: '', cost: '8.50', validityDays: '' }),
  },
  { name: 'addProofAction', action: addProofAction, form: () => ({ batchId: own.batchId, file: pdf() }) },
  {
    name: 'addImportProofAction',
    action: addImportProofAction,
    form: () => ({ importId: own.importId, file: pdf() }),
  },
]
const OPERATOR: typeof MERCHANT = [
  {
    name: 'reviewBatchAction',
    action: reviewBatchAction,
    form: () => ({ batchId: own.batchId, verdict: 'APPROVED', note: '', seenProofs: '0' }),
  },
  {
    name: 'freezeBatchAction',
    action: freezeBatchAction,
    form: () => ({ batchId: own.batchId, reason: '来源存疑' }),
  },
  { name: 'handlePairAction', action: handlePairAction, form: () => ({ pairId: own.pairId, note: '同一上游' }) },
]

describe.for(MERCHANT)('merchant: $name', ({ action, form }) => {
  test("is not there for other merchants, buyers and operators; works for the batch's own", async () => {
    const before = await world()
    for (const user of [await aUser('MERCHANT', await aMerchant()), await aUser('BUYER'), await aUser('OPERATOR')]) {
      desk.user = user
      expect(await send(action, form())).toBe('access/not-found')
    }
    desk.user = null
    expect(await send(action, form())).toBe('auth/required')
    expect(await world()).toBe(before)
    desk.user = await aUser('MERCHANT', own.merchantId)
    expect(await send(action, form())).toBe('done')
    expect(await world()).not.toBe(before)
  })
})

describe.for(OPERATOR)('operator: $name', ({ action, form }) => {
  test('is not there for merchants, also of what is theirs, and buyers; works for an operator', async () => {
    const before = await world()
    for (const user of [await aUser('MERCHANT', own.merchantId), await aUser('BUYER'), await aUser('ARBITRATOR')]) {
      desk.user = user
      expect(await send(action, form())).toBe('access/not-found')
    }
    desk.user = null
    expect(await send(action, form())).toBe('auth/required')
    expect(await world()).toBe(before)
    desk.user = await aUser('OPERATOR')
    expect(await send(action, form())).toBe('done')
    expect(await world()).not.toBe(before)
  })
})

test('a freeze is taken back by an operator only', async () => {
  await freeze(own.batchId)
  const form = { batchId: own.batchId, note: '已核实' }
  desk.user = await aUser('MERCHANT', own.merchantId)
  expect(await send(unfreezeBatchAction, form)).toBe('access/not-found')
  desk.user = await aUser('OPERATOR')
  expect(await send(unfreezeBatchAction, form)).toBe('done')
  expect(await send(unfreezeBatchAction, form)).toBe('batch/not-frozen')
})

test('a rejection says why', async () => {
  desk.user = await aUser('OPERATOR')
  const form = { batchId: own.batchId, verdict: 'REJECTED', seenProofs: '0' }
  expect(await send(reviewBatchAction, { ...form, note: ' ' })).toBe('input/invalid')
  expect(await send(reviewBatchAction, { ...form, note: '缺发票' })).toBe('done')
})

describe('/api/proofs/[id]', () => {
  const ask = async (id: string) => proof(new Request('http://mall.example.com/'), { params: Promise.resolve({ id }) })

  test('opens a proof for its merchant and operators only, as a file that runs nothing', async () => {
    desk.user = await aUser('MERCHANT', own.merchantId)
    expect(await send(addProofAction, { batchId: own.batchId, file: pdf('发票 <1>.pdf') })).toBe('done')
    expect(await send(addProofAction, { batchId: own.batchId, file: new File([PNG], 'x.png') })).toBe('done')
    const [paper, picture] = await db.batchProof.findMany({ where: { batchId: own.batchId }, orderBy: { id: 'asc' } })
    for (const user of [
      null,
      await aUser('BUYER'),
      await aUser('ARBITRATOR'),
      await aUser('MERCHANT', await aMerchant()),
    ]) {
      desk.user = user
      expect((await ask(paper?.id ?? '')).status).toBe(404)
    }
    for (const user of [await aUser('MERCHANT', own.merchantId), await aUser('OPERATOR')]) {
      desk.user = user
      const answer = await ask(paper?.id ?? '')
      expect(answer.status).toBe(200)
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PDF)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
        'content-disposition': expect.stringMatching(/^attachment; /u) as string,
      })
    }
    const shown = await ask(picture?.id ?? '')
    expect([shown.headers.get('content-type'), shown.headers.get('content-disposition')]).toEqual([
      'image/png',
      'inline',
    ])
    expect((await ask(newId())).status).toBe(404)
    expect((await ask('none')).status).toBe(404)
  })
})

describe('a category that asks for proofs', () => {
  const facts = { source: 'UNSTATED', sourceNote: null, costMinor: null, validityDays: null, seats: 1 } as const
  const chosen = () => ({ merchantId: own.merchantId, importId: own.importId, choices: {}, allOrNothing: false, facts })
  const require = async () => {
    const { product } = await db.variant.findUniqueOrThrow({
      where: { id: own.variantId },
      select: { product: { select: { categoryId: true } } },
    })
    await db.category.update({ where: { id: product.categoryId }, data: { requiresProof: true } })
  }
  const begin = () => run((tx) => chooseImport(tx, { ...chosen(), dryRun: false }))

  test('lets no import start without one; looking and checking are free', async () => {
    await require()
    await expect(begin()).rejects.toMatchObject({ code: 'batch/proof-required' })
    await run((tx) => chooseImport(tx, { ...chosen(), dryRun: true }))
    await db.stockImport.update({ where: { id: own.importId }, data: { state: 'CHECKED' } })
    await expect(run((tx) => startImport(tx, own))).rejects.toMatchObject({ code: 'batch/proof-required' })
    desk.user = await aUser('MERCHANT', own.merchantId)
    expect(await send(addImportProofAction, { importId: own.importId, file: pdf() })).toBe('done')
    expect(await send(addImportProofAction, { importId: own.importId, file: new File([PNG], 'x.png') })).toBe('done')
    expect(await findImportProofs(db, own.merchantId, own.importId)).toMatchObject({
      requiresProof: true,
      proofs: [{ fileName: 'invoice.pdf' }, { fileName: 'x.png' }],
    })
    await begin()
    expect(await send(addImportProofAction, { importId: own.importId, file: pdf() })).toBe('import/not-waiting')
  })

  test('does not ask elsewhere', async () => {
    await begin()
    expect(await db.stockImport.findUnique({ where: { id: own.importId } })).toMatchObject({ state: 'QUEUED' })
  })

  test('turned on later: what is there without a proof is listed for review and stays on sale, until somebody looked', async () => {
    const waits = async () => {
      const { rows } = await listAdminBatches(db, { waiting: true, merchantId: own.merchantId }, 1)
      return rows.map(({ id }) => id)
    }
    expect(await waits()).toEqual([])
    await require()
    expect(await waits()).toEqual([own.batchId])
    expect(await db.cdk.count({ where: { batchId: own.batchId, state: 'AVAILABLE' } })).toBe(2)
    desk.user = await aUser('OPERATOR')
    await send(reviewBatchAction, { batchId: own.batchId, verdict: 'APPROVED', note: '老商家', seenProofs: '0' })
    expect(await waits()).toEqual([])
  })
})

test('the desks read what was decided', async () => {
  const listing = await aListing({ stock: 3 })
  const { orderId, merchantId } = await aDeliveredOrder({ listing })
  const batchId = await batchOf(listing)
  await freeze(batchId)
  expect((await findAdminBatch(db, batchId, 1))?.orders.rows).toMatchObject([{ id: orderId, held: 1, refunded: 0 }])
  await sweepOnce()
  const found = await findAdminBatch(db, batchId, 1)
  expect(found?.batch).toMatchObject({ frozenReason: '来源存疑', dueAt: null, states: [{ state: 'FROZEN', count: 3 }] })
  expect(found?.orders.rows).toMatchObject([{ id: orderId, held: 0, refunded: 1, status: 'REFUNDED' }])
  expect(found?.actions).toMatchObject([{ verb: 'freeze-batch' }])
  expect(await findMerchantBatch(db, merchantId, batchId)).toMatchObject({ refundedOrders: 1 })
  expect(await findMerchantBatch(db, own.merchantId, batchId)).toBeNull()
  expect((await listAdminBatches(db, { frozen: true, merchantId }, 1)).rows.map(({ id }) => id)).toEqual([batchId])
  expect((await listPairs(db, { open: true, merchantId: own.merchantId }, 1)).rows).toMatchObject([
    { id: own.pairId, firstState: 'AVAILABLE', firstBatchId: own.batchId, cdkId: null, line: 7 },
  ])
  desk.user = await aUser('OPERATOR')
  await send(handlePairAction, { pairId: own.pairId, note: '同一上游' })
  expect((await listPairs(db, { open: true, merchantId: own.merchantId }, 1)).rows).toEqual([])
  expect(await findPair(db, own.pairId)).toMatchObject({ note: '同一上游', handledBy: 'x' })
})

test('both lists are saved as their pages are filtered', async () => {
  const asked = async (list: string, query: string) => {
    const request = new Request(`http://mall.example.com/api/admin/export/${list}?${query}`)
    return (await exportList(request, { params: Promise.resolve({ list }) })).text()
  }
  desk.user = await aUser('MERCHANT', own.merchantId)
  expect(await asked('batches', '')).toBe('')
  desk.user = await aUser('OPERATOR')
  expect(await asked('batches', `merchant=${own.merchantId}`)).toContain(own.batchId)
  expect(await asked('batches', `merchant=${own.merchantId}&frozen=yes`)).not.toContain(own.batchId)
  expect(await asked('pairs', `merchant=${own.merchantId}&open=yes`)).toContain(own.batchId)
  await send(handlePairAction, { pairId: own.pairId, note: '同一上游' })
  expect(await asked('pairs', `merchant=${own.merchantId}&open=yes`)).not.toContain(own.batchId)
})
