import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  confirmLimitAction,
  liftLimitAction,
  openArbitratorAction,
  reassignCaseAction,
  restArbitratorAction,
  setEmployerAction,
} from '@/app/[locale]/admin/complaints/actions'
import {
  askBuyerAction,
  hideAsArbitratorAction,
  ruleAppealAction,
  ruleComplaintAction,
  sayAsArbitratorAction,
  sendRulingBackAction,
  signRulingAction,
} from '@/app/[locale]/arbitration/actions'
import { GET as exportList } from '@/app/api/admin/export/[list]/route'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { findArbitrationFile } from '@/lib/queries/arbitration'
import { type ActionState, IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { REASON, aCaseToRule, anArbitrator, caseOf, seat } from '@/tests/support/arbitration'
import { db } from '@/tests/support/database'
import { NOW } from '@/tests/support/factories'

/** Who sends the form; wrappers, verbs and database are the real ones. */
const desk = vi.hoisted(() => ({ user: null as SessionUser | null }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(desk.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve([]) }))
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () => Promise.resolve(Object.assign((key: string) => key, { has: () => true })),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('@/i18n/navigation', () => ({ redirect: () => undefined, getPathname: () => '/' }))

type Action = (state: ActionState, form: FormData) => Promise<ActionState<unknown>>
type Fields = Readonly<Record<string, string>>
interface Case {
  readonly name: string
  readonly action: Action
  readonly form: () => Fields
}

const own = { complaintId: '', cdkId: '', first: '', limitId: '' }

beforeEach(async () => {
  desk.user = null
  const one = await aCaseToRule({ buyerKey: newId() })
  const limitId = newId()
  await db.buyerLimit.create({
    data: { id: limitId, buyerKey: newId(), state: 'PROPOSED', complaints: [], proposedAt: NOW },
  })
  Object.assign(own, { complaintId: one.complaintId, cdkId: one.cdkIds[0] ?? '', first: one.first.id, limitId })
})

async function answer(action: Action, form: Fields): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(form)) data.set(name, value)
  const state = await action(IDLE, data)
  return state.status === 'refused' ? state.code : state.status
}

async function as(role: Role, id = newId()): Promise<void> {
  const known = await db.user.findUnique({ where: { id } })
  const facts = { id, email: `${id}@example.com`, displayName: 'x', role, merchantId: null }
  if (!known) await db.user.create({ data: { ...facts, passwordHash: 'x', createdAt: NOW } })
  desk.user = facts
}

const ruling = () => ({
  complaintId: own.complaintId,
  unit: `${own.cdkId}:REFUNDED`,
  compensation: '0',
  tariff: 'USED_CDK',
  reasons: REASON,
})

const ARBITRATOR: readonly Case[] = [
  { name: 'ruleComplaintAction', action: ruleComplaintAction, form: ruling },
  { name: 'ruleAppealAction', action: ruleAppealAction, form: ruling },
  {
    name: 'signRulingAction',
    action: signRulingAction,
    form: () => ({ complaintId: own.complaintId, proposalId: newId() }),
  },
  {
    name: 'sendRulingBackAction',
    action: sendRulingBackAction,
    form: () => ({ complaintId: own.complaintId, reasons: REASON }),
  },
  {
    name: 'askBuyerAction',
    action: askBuyerAction,
    form: () => ({ complaintId: own.complaintId, message: '请补充录屏' }),
  },
  {
    name: 'sayAsArbitratorAction',
    action: sayAsArbitratorAction,
    form: () => ({ complaintId: own.complaintId, message: '已收到' }),
  },
  {
    name: 'hideAsArbitratorAction',
    action: hideAsArbitratorAction,
    form: () => ({ complaintId: own.complaintId, seq: '0' }),
  },
]

const OPERATOR: readonly Case[] = [
  {
    name: 'reassignCaseAction',
    action: reassignCaseAction,
    form: () => ({ complaintId: own.complaintId, role: 'FIRST', reason: '生病' }),
  },
  {
    name: 'confirmLimitAction',
    action: confirmLimitAction,
    form: () => ({ limitId: own.limitId, until: '2199-01-31', note: '已核对' }),
  },
  { name: 'liftLimitAction', action: liftLimitAction, form: () => ({ limitId: own.limitId, note: '不成立' }) },
  {
    name: 'openArbitratorAction',
    action: openArbitratorAction,
    form: () => ({ name: '新人', email: `${newId()}@example.com`, password: 'long enough', employer: '' }),
  },
  {
    name: 'restArbitratorAction',
    action: restArbitratorAction,
    form: () => ({ userId: own.first, resting: 'yes' }),
  },
  {
    name: 'setEmployerAction',
    action: setEmployerAction,
    form: () => ({ userId: own.first, number: '91350100M000100Y43' }),
  },
]

async function world(): Promise<string> {
  const { complaintId } = own
  return JSON.stringify([
    await db.complaint.findMany({ orderBy: { id: 'asc' } }),
    await db.caseEntry.count({ where: { complaintId } }),
    await db.ruling.count(),
    await db.buyerLimit.findMany({ orderBy: { id: 'asc' } }),
    await db.user.findMany({ where: { role: 'ARBITRATOR' }, orderBy: { id: 'asc' } }),
  ])
}

describe.for(ARBITRATOR)('arbitrator: $name', ({ action, form }) => {
  test('is not there for another arbitrator, other roles and nobody', async () => {
    await as('ARBITRATOR', (await anArbitrator()).id)
    const before = await world()
    expect(await answer(action, form())).toBe('access/not-found')
    for (const role of ['BUYER', 'OPERATOR'] as const) {
      await as(role)
      expect(await answer(action, form())).toBe('access/not-found')
    }
    desk.user = null
    expect(await answer(action, form())).toBe('auth/required')
    expect(await world()).toBe(before)
  })
})

describe.for(OPERATOR)('operator: $name', ({ action, form }) => {
  test('is not there for arbitrators, also of the case, and buyers', async () => {
    const fields = form()
    await as('ARBITRATOR', own.first)
    const before = await world()
    expect(await answer(action, fields)).toBe('access/not-found')
    desk.user = null
    expect(await answer(action, fields)).toBe('auth/required')
    expect(await world()).toBe(before)
    await as('BUYER')
    expect(await answer(action, fields)).toBe('access/not-found')
  })

  test('works for an operator, whose name is written down', async () => {
    if (action === reassignCaseAction) await anArbitrator()
    await as('OPERATOR')
    expect(await answer(action, form())).toBe('done')
    expect(await db.operatorAction.count({ where: { userId: desk.user?.id ?? '' } })).toBeGreaterThan(0)
  })
})

test('the arbitrator of the case asks, says and rules; the penalty stands in the public list', async () => {
  await as('ARBITRATOR', own.first)
  expect(await answer(sayAsArbitratorAction, { complaintId: own.complaintId, message: '已收到' })).toBe('done')
  expect(await answer(ruleComplaintAction, { ...ruling(), reasons: '太短' })).toBe('input/invalid')
  expect(await answer(ruleComplaintAction, ruling())).toBe('done')
  const { state, rulings } = await caseOf(own.complaintId)
  expect([state, rulings.map(({ forBuyer }) => forBuyer)]).toEqual(['RULED', [true]])
  expect(await db.penalty.count({ where: { complaintId: own.complaintId, tariff: 'USED_CDK' } })).toBe(1)
  expect(await answer(ruleComplaintAction, ruling())).toBe('complaint/not-now')
})

test('above the amount a ruling waits for the second signature, which may be refused with reasons', async () => {
  const second = await seat(own.complaintId, 'SECOND')
  await as('ARBITRATOR', own.first)
  expect(await answer(ruleComplaintAction, ruling())).toBe('done')
  expect((await caseOf(own.complaintId)).state).toBe('ESCALATED')
  await as('ARBITRATOR', second.id)
  expect(await answer(sendRulingBackAction, { complaintId: own.complaintId, reasons: REASON })).toBe('done')
  expect((await caseOf(own.complaintId)).proposal).toBeNull()
})

test('the export is the list of the page, for operators only', async () => {
  const { number } = await caseOf(own.complaintId)
  const asked = async () =>
    exportList(new Request(`http://mall.example.com/?q=${number}`), { params: Promise.resolve({ list: 'complaints' }) })
  await as('ARBITRATOR', own.first)
  expect((await asked()).status).toBe(404)
  await as('OPERATOR')
  const csv = await (await asked()).text()
  expect(csv.trim().split('\r\n')).toHaveLength(2)
  expect(csv).toContain(number)
})

test("an arbitrator takes an own message out of view, and nobody else's", async () => {
  await as('ARBITRATOR', own.first)
  const { complaintId } = own
  expect(await answer(sayAsArbitratorAction, { complaintId, message: '写错了' })).toBe('done')
  const said = await db.caseEntry.findFirstOrThrow({
    where: { complaintId, type: 'message' },
    orderBy: { seq: 'desc' },
  })
  expect((await findArbitrationFile(db, own.first, complaintId))?.ownMessages).toEqual([said.seq])
  expect(await answer(hideAsArbitratorAction, { complaintId, seq: '0' })).toBe('access/not-found')
  expect(await answer(hideAsArbitratorAction, { complaintId, seq: `${said.seq}` })).toBe('done')
  const { hiddenAt } = await db.caseEntry.findUniqueOrThrow({
    where: { complaintId_seq: { complaintId, seq: said.seq } },
  })
  expect(hiddenAt).not.toBeNull()
  expect((await findArbitrationFile(db, own.first, complaintId))?.ownMessages).toEqual([])
  expect(await answer(hideAsArbitratorAction, { complaintId, seq: `${said.seq}` })).toBe('access/not-found')
})
