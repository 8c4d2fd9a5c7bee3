import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  acceptComplaintAction,
  appealAsMerchantAction,
  askBuyerAction,
  contestComplaintAction,
  deleteCannedAnswerAction,
  escalateAsMerchantAction,
  hideAsMerchantAction,
  offerRemedyAction,
  sayAsMerchantAction,
  saveCannedAnswerAction,
} from '@/app/[locale]/merchant/complaints/actions'
import { GET as exportComplaints } from '@/app/api/merchant/complaints/route'
import { sayInCase } from '@/lib/domain/complaints'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { type ActionState, IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, aMerchant, run } from '@/tests/support/factories'

/** Who sends the form. Only this is made up: wrappers, verbs and database are the real ones. */
const desk = vi.hoisted(() => ({ user: null as SessionUser | null }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(desk.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve([]) }))
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () => Promise.resolve((key: string) => key),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('@/i18n/navigation', () => ({ redirect: () => undefined, getPathname: () => '/' }))

const own = { merchantId: '', userId: '', complaintId: '', number: '', cdkId: '', cannedId: '', seq: '' }

beforeEach(async () => {
  desk.user = null
  const listing = await aListing({ stock: 6 })
  const { orderId } = await aDeliveredOrder({ listing, quantity: 2 })
  const opened = await anOpenCase({ orderId, units: 1, at: new Date(), buyerKey: newId() })
  const { merchantId, complaintId, number } = opened
  const user = await aUser('MERCHANT', merchantId)
  const actor = { kind: 'MERCHANT', id: user.id } as const
  const seq = await run((tx) => sayInCase(tx, { complaintId, text: '请稍等。' }, actor, new Date()))
  const { id: cannedId } = await db.cannedAnswer.create({
    data: { id: newId(), merchantId, title: '稍等', body: '请稍等。', createdAt: NOW },
  })
  const [cdkId = ''] = opened.cdkIds
  Object.assign(own, { merchantId, userId: user.id, complaintId, number, cdkId, cannedId, seq: String(seq) })
})

interface Case {
  readonly name: string
  readonly action: unknown
  readonly form: () => Readonly<Record<string, string>>
  /** What a waiting case answers to its own merchant. */
  readonly answer?: string
}

const said = () => ({ complaintId: own.complaintId, message: '卡密有效，请看发行方记录。' })
const ACTIONS: readonly Case[] = [
  {
    name: 'acceptComplaintAction',
    action: acceptComplaintAction,
    form: () => ({ complaintId: own.complaintId, unit: `REFUNDED.${own.cdkId}` }),
  },
  {
    name: 'offerRemedyAction',
    action: offerRemedyAction,
    form: () => ({ ...said(), remedy: 'COMPENSATION', amount: '0.50' }),
  },
  { name: 'contestComplaintAction', action: contestComplaintAction, form: said },
  { name: 'askBuyerAction', action: askBuyerAction, form: said },
  { name: 'sayAsMerchantAction', action: sayAsMerchantAction, form: said },
  {
    name: 'hideAsMerchantAction',
    action: hideAsMerchantAction,
    form: () => ({ complaintId: own.complaintId, seq: own.seq }),
  },
  // Not before the first reply, and nothing was ruled yet: the verbs' own no, so the door was open.
  {
    name: 'escalateAsMerchantAction',
    action: escalateAsMerchantAction,
    form: () => ({ complaintId: own.complaintId }),
    answer: 'complaint/not-now',
  },
  { name: 'appealAsMerchantAction', action: appealAsMerchantAction, form: said, answer: 'complaint/not-now' },
  {
    name: 'saveCannedAnswerAction',
    action: saveCannedAnswerAction,
    form: () => ({ id: own.cannedId, title: '稍等', body: '改了' }),
  },
  { name: 'deleteCannedAnswerAction', action: deleteCannedAnswerAction, form: () => ({ id: own.cannedId }) },
]

async function aUser(role: Role, merchantId: string | null = null): Promise<SessionUser> {
  const id = newId()
  const user = { id, email: `${id}@example.com`, displayName: 'x', role, merchantId }
  await db.user.create({ data: { ...user, passwordHash: 'x', createdAt: NOW } })
  return user
}

async function send({ action, form }: Pick<Case, 'action' | 'form'>): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(form())) data.set(name, value)
  const state = await (action as (state: ActionState<never>, form: FormData) => Promise<ActionState<unknown>>)(
    IDLE,
    data,
  )
  return state.status === 'refused' ? state.code : state.status
}

/** Everything that these could change. */
async function world(): Promise<unknown> {
  return {
    cases: await db.complaint.findMany({ select: { id: true, state: true, entrySeq: true }, orderBy: { id: 'asc' } }),
    entries: await db.caseEntry.count({ where: { hiddenAt: null } }),
    refunds: await db.refund.count(),
    canned: await db.cannedAnswer.findMany({ orderBy: { id: 'asc' } }),
  }
}

describe.for(ACTIONS)('$name', (one) => {
  test("does nothing to another merchant's, and is not there for others", async () => {
    const before = await world()
    const strangers = [
      [await aUser('MERCHANT', await aMerchant()), 'access/not-found'],
      [await aUser('BUYER'), 'access/not-found'],
      [await aUser('OPERATOR'), 'access/not-found'],
      [await aUser('ARBITRATOR'), 'access/not-found'],
      [null, 'auth/required'],
    ] as const
    for (const [user, code] of strangers) {
      desk.user = user
      expect(await send(one)).toBe(code)
    }
    expect(await world()).toEqual(before)
  })

  test('is open to its own merchant', async () => {
    const user = await db.user.findUniqueOrThrow({ where: { id: own.userId } })
    desk.user = { id: user.id, email: user.email, displayName: 'x', role: 'MERCHANT', merchantId: own.merchantId }
    expect(await send(one)).toBe(one.answer ?? 'done')
  })
})

test('accepting refunds what was chosen and closes the case; what cannot be read is refused', async () => {
  desk.user = await aUser('MERCHANT', own.merchantId)
  const accept = (unit: string) =>
    send({ action: acceptComplaintAction, form: () => ({ complaintId: own.complaintId, unit }) })
  expect(await accept(`REJECTED.${own.cdkId}`)).toBe('input/invalid')
  expect(await accept(`REPLACED.${own.cdkId}`)).toBe('complaint/less-than-demanded')
  expect(await accept(`REFUNDED.${own.cdkId}`)).toBe('done')
  const { state, outcome, units } = await db.complaint.findUniqueOrThrow({
    where: { id: own.complaintId },
    include: { units: true },
  })
  expect([state, outcome, units.map(({ result }) => result)]).toEqual(['CLOSED', 'ACCEPTED', ['REFUNDED']])
})

test("the export has the merchant's own complaints and is not there for others", async () => {
  const other = await anOpenCase({ buyerKey: newId() })
  const ask = async (user: SessionUser | null) => {
    desk.user = user
    return exportComplaints(new Request('http://mall.example.com/api/merchant/complaints?view=mine'))
  }
  for (const user of [null, await aUser('BUYER'), await aUser('OPERATOR')]) expect((await ask(user)).status).toBe(404)
  const text = await (await ask(await aUser('MERCHANT', own.merchantId))).text()
  expect(text).toContain(own.number)
  expect(text).not.toContain(other.number)
})

test('a merchant does not write to a buyer without end: each message is an e-mail', async () => {
  desk.user = await aUser('MERCHANT', own.merchantId)
  const answers: string[] = []
  for (let at = 0; at < 61; at += 1) answers.push(await send({ action: sayAsMerchantAction, form: said }))
  expect(answers).toEqual([...Array<string>(60).fill('done'), 'auth/rate-limited'])
})
