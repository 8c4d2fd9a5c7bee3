import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  keepAnswerAction,
  openComplaintAction,
} from '@/app/[locale]/(storefront)/orders/[number]/complaints/new/actions'
import {
  answerAction,
  appealAction,
  declineOfferAction,
  escalateAction,
  hideAction,
  reopenAction,
  sayAction,
  takeOfferAction,
  withdrawAction,
} from '@/app/[locale]/(storefront)/orders/[number]/complaints/[caseNumber]/actions'
import { findDraft } from '@/lib/domain/complaints'
import { newId } from '@/lib/kernel/ids'
import type { ActionState } from '@/lib/web/action-state'
import { IDLE } from '@/lib/web/action-state'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { aDeliveredOrder, run } from '@/tests/support/factories'

/** Whose browser sends the form: checkouts that it may open. Wrappers, verbs and database are the real ones. */
const sender = vi.hoisted(() => ({ checkoutIds: [] as readonly string[], led: [] as unknown[] }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(null) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve(sender.checkoutIds) }))
vi.mock('next-intl/server', () => ({ getLocale: async () => Promise.resolve('en') }))
vi.mock('next/cache', () => ({ refresh: () => undefined }))
vi.mock('@/i18n/navigation', () => ({ redirect: ({ href }: { href: unknown }) => void sender.led.push(href) }))

type Action = (state: ActionState<never>, form: FormData) => Promise<ActionState<unknown>>

async function send(action: Action, fields: Readonly<Record<string, string | readonly string[]>>) {
  const form = new FormData()
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value)
  return action(IDLE, form)
}

beforeEach(() => {
  Object.assign(sender, { checkoutIds: [], led: [] })
})

async function aCase() {
  const { complaintId, number: caseNumber, orderId } = await anOpenCase({ at: new Date() })
  const { number, checkoutId } = await db.order.findUniqueOrThrow({ where: { id: orderId } })
  return { complaintId, orderId, checkoutId, named: { number, caseNumber } }
}

const LONG = 'It said that the code had been used before I tried it.'
const MOVES: readonly (readonly [string, Action, Record<string, string>])[] = [
  ['sayAction', sayAction, { message: LONG }],
  ['answerAction', answerAction, { message: LONG }],
  ['appealAction', appealAction, { message: LONG }],
  ['takeOfferAction', takeOfferAction, {}],
  ['declineOfferAction', declineOfferAction, {}],
  ['escalateAction', escalateAction, {}],
  ['withdrawAction', withdrawAction, {}],
  ['reopenAction', reopenAction, {}],
  ['hideAction', hideAction, { seq: '0' }],
]

describe.for(MOVES)('%s', ([, action, fields]) => {
  test("leaves another buyer's case alone, as one that is not there", async () => {
    const { complaintId, named } = await aCase()
    sender.checkoutIds = [(await aDeliveredOrder()).checkoutId]
    expect(await send(action, { ...named, ...fields })).toMatchObject({ code: 'access/not-found' })
    expect(await db.complaint.findUniqueOrThrow({ where: { id: complaintId } })).toMatchObject({
      state: 'OPEN',
      entrySeq: 0,
    })
  })
})

test('a guest writes in his case, takes the message out of view, and withdraws it', async () => {
  const { complaintId, checkoutId, named } = await aCase()
  sender.checkoutIds = [checkoutId]
  expect(await send(sayAction, { ...named, message: LONG })).toMatchObject({ status: 'done' })
  expect(await send(hideAction, { ...named, seq: '1' })).toMatchObject({ status: 'done' })
  const entry = await db.caseEntry.findUniqueOrThrow({ where: { complaintId_seq: { complaintId, seq: 1 } } })
  expect(entry.hiddenAt).not.toBeNull()
  expect(await send(withdrawAction, named)).toMatchObject({ status: 'done' })
  expect(await db.complaint.findUniqueOrThrow({ where: { id: complaintId } })).toMatchObject({ outcome: 'WITHDRAWN' })
})

describe('opening', () => {
  async function anOrder(quantity = 2) {
    const { orderId, number, checkoutId } = await aDeliveredOrder({ quantity, now: new Date() })
    const cdks = await db.cdk.findMany({ where: { orderId }, orderBy: { id: 'asc' }, select: { id: true } })
    return { orderId, number, checkoutId, cdkIds: cdks.map(({ id }) => id) }
  }

  test('asks one question after the other, keeps each answer, and opens what was answered', async () => {
    const { orderId, number, checkoutId, cdkIds } = await anOrder()
    sender.checkoutIds = [checkoutId]
    const [cdk = ''] = cdkIds
    await send(keepAnswerAction, { number, step: 'cdks', cdk })
    await send(keepAnswerAction, { number, step: 'failure', failure: 'ALREADY_USED' })
    await send(keepAnswerAction, { number, step: 'story', statement: LONG })
    expect(await findDraft(db, orderId)).toEqual({ cdkIds: [cdk], failure: 'ALREADY_USED', statement: LONG })
    await send(keepAnswerAction, { number, step: 'demand', demand: 'REFUND' })
    expect(sender.led.map((href) => (href as { query: { step: string } }).query.step)).toEqual([
      'failure',
      'story',
      'demand',
      'check',
    ])
    await send(openComplaintAction, { number })
    const opened = await db.complaint.findFirstOrThrow({ where: { orderId }, include: { units: true } })
    expect(opened).toMatchObject({ failure: 'ALREADY_USED', demand: 'REFUND', units: [{ cdkId: cdk }] })
    expect(sender.led.at(-1)).toBe(`/orders/${number}/complaints/${opened.number}`)
  })

  test('a wrong answer says what to do and does not go on; going back keeps what fits', async () => {
    const { orderId, number, checkoutId, cdkIds } = await anOrder()
    sender.checkoutIds = [checkoutId]
    const none = await send(keepAnswerAction, { number, step: 'cdks' })
    expect(none.status === 'refused' && none.fields?.['cdk']).toContain('CDK')
    await send(keepAnswerAction, { number, step: 'cdks', cdk: cdkIds })
    await send(keepAnswerAction, { number, step: 'failure', failure: 'INVALID' })
    const short = await send(keepAnswerAction, { number, step: 'story', statement: 'bad' })
    expect(short.status === 'refused' && short.fields?.['statement']).toContain('10')
    expect(await send(keepAnswerAction, { number, step: 'story', statement: 'bad', go: 'back' })).toMatchObject({
      status: 'done',
    })
    expect(await findDraft(db, orderId)).toEqual({ cdkIds, failure: 'INVALID' })
    expect(sender.led.at(-1)).toMatchObject({ query: { step: 'failure' } })
  })

  test('more than was paid is refused with the most that can be asked for', async () => {
    const { number, checkoutId, cdkIds } = await anOrder()
    sender.checkoutIds = [checkoutId]
    await send(keepAnswerAction, { number, step: 'cdks', cdk: cdkIds })
    const asked = { number, step: 'demand', demand: 'COMPENSATION', amount: '99999' }
    expect(await send(keepAnswerAction, asked)).toMatchObject({ code: 'complaint/amount' })
  })

  test("another buyer's order is not there", async () => {
    const { orderId, number } = await anOrder()
    sender.checkoutIds = [newId()]
    expect(await send(keepAnswerAction, { number, step: 'cdks', about: 'charge' })).toMatchObject({
      code: 'access/not-found',
    })
    expect(await send(openComplaintAction, { number })).toMatchObject({ code: 'access/not-found' })
    expect(await findDraft(db, orderId)).toBeNull()
    expect(await run((tx) => tx.complaint.count({ where: { orderId } }))).toBe(0)
  })
})
