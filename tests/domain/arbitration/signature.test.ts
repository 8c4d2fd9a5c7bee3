import { expect, test } from 'vitest'
import {
  type RulingInput,
  proposalOf,
  reassignCase,
  ruleComplaint,
  sendRulingBack,
  signRuling,
} from '@/lib/domain/arbitration'
import { withdrawComplaint } from '@/lib/domain/complaints'
import { escrowOf } from '@/lib/domain/ledger'
import { Refusal } from '@/lib/kernel/refusal'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { REASON, aCaseToRule, aVerdict, anArbitrator, caseOf, entriesOf, seat } from '@/tests/support/arbitration'
import { balanceOf } from '@/tests/support/books'
import { BUYER, NOW, aDeliveredOrder, aListing, run } from '@/tests/support/factories'

const OPERATOR = { kind: 'OPERATOR', id: '019aa000-0000-7000-8000-000000000009' } as const

/** A case about 500.00, from which on two people rule. */
async function aLargeCase() {
  const { orderId } = await aDeliveredOrder({ listing: await aListing({ priceMinor: 50_000 }) })
  const one = await aCaseToRule({ orderId })
  return { ...one, second: await seat(one.complaintId, 'SECOND') }
}

async function propose(one: Awaited<ReturnType<typeof aLargeCase>>, changes: Partial<RulingInput> = {}) {
  const done = await run((tx) => ruleComplaint(tx, aVerdict(one, 'REFUNDED', changes), one.first, NOW))
  expect(done).toBe('proposed')
  return proposalOf(await caseOf(one.complaintId))?.id ?? ''
}

test('from an amount on a ruling waits for the second signature, then is carried out as proposed', async () => {
  const { complaintId, orderId, first, second, ...one } = await aLargeCase()
  const proposalId = await propose({ ...one, complaintId, orderId, first, second })
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(50_000)
  await run((tx) => signRuling(tx, { complaintId, proposalId }, second, after(NOW, MINUTE_MS)))
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(0)
  expect(await caseOf(complaintId)).toMatchObject({
    state: 'RULED',
    proposal: null,
    rulings: [{ arbitratorId: first.id, secondId: second.id, reasons: REASON, forBuyer: true }],
  })
  expect(await entriesOf(complaintId)).toEqual(['opened', 'escalated', 'proposed', 'ruled', 'remedied'])
})

test('it waits even while nobody sits on the second seat', async () => {
  const { orderId } = await aDeliveredOrder({ listing: await aListing({ priceMinor: 50_000 }) })
  const { first, ...one } = await aCaseToRule({ orderId })
  await run((tx) => ruleComplaint(tx, aVerdict(one, 'REFUNDED'), first, NOW))
  expect(await caseOf(one.complaintId)).toMatchObject({ state: 'ESCALATED', rulings: [] })
})

test('below the amount one is enough', async () => {
  const { orderId } = await aDeliveredOrder({ listing: await aListing({ priceMinor: 49_999 }) })
  const { first, ...one } = await aCaseToRule({ orderId })
  expect(await run((tx) => ruleComplaint(tx, aVerdict(one, 'REFUNDED'), first, NOW))).toBe('ruled')
})

test('only the second one signs, only what was read, and only what is still proposed', async () => {
  const one = await aLargeCase()
  const { complaintId, second } = one
  const sign = async (proposalId: string, by = second) =>
    run((tx) => signRuling(tx, { complaintId, proposalId }, by, NOW))
  const old = await propose(one)
  await expect(sign(old, one.first)).rejects.toEqual(new Refusal('access/not-found'))
  await expect(sign(old, await anArbitrator())).rejects.toEqual(new Refusal('access/not-found'))
  const fresh = await propose(one, { tariffs: ['USED_CDK'] })
  await expect(sign(old)).rejects.toEqual(new Refusal('complaint/not-now'))
  const back = async (reasons: string, by = second) =>
    run((tx) => sendRulingBack(tx, { complaintId, reasons }, by, NOW))
  await expect(back(REASON, one.first)).rejects.toEqual(new Refusal('access/not-found'))
  await expect(back('不同意')).rejects.toEqual(new Refusal('complaint/ruling-incomplete'))
  await back(REASON)
  await expect(back(REASON)).rejects.toEqual(new Refusal('complaint/not-now'))
  await expect(sign(fresh)).rejects.toEqual(new Refusal('complaint/not-now'))
  expect(await caseOf(complaintId)).toMatchObject({ state: 'ESCALATED', proposal: null, rulings: [] })
  await sign(await propose(one))
  expect((await caseOf(complaintId)).state).toBe('RULED')
})

test('a case that is withdrawn or given to somebody else has no proposal any more', async () => {
  const one = await aLargeCase()
  await propose(one)
  await run((tx) => withdrawComplaint(tx, { complaintId: one.complaintId }, BUYER, NOW))
  expect(await caseOf(one.complaintId)).toMatchObject({ state: 'CLOSED', proposal: null })

  const other = await aLargeCase()
  const proposalId = await propose(other)
  const { complaintId, second } = other
  await run((tx) => reassignCase(tx, { complaintId, role: 'FIRST', reason: '生病' }, OPERATOR, NOW))
  await expect(run((tx) => signRuling(tx, { complaintId, proposalId }, second, NOW))).rejects.toEqual(
    new Refusal('complaint/not-now'),
  )
})

test('who demands little of what is dear does not get all of it by one signature', async () => {
  const { orderId } = await aDeliveredOrder({ listing: await aListing({ priceMinor: 50_000 }) })
  const one = await aCaseToRule({ orderId, demand: 'COMPENSATION', demandMinor: 100 })
  const rule = async (verdict: RulingInput) => run((tx) => ruleComplaint(tx, verdict, one.first, NOW))
  const refused = new Refusal('complaint/beyond-one', { mostMinor: 49_999 })
  await expect(rule(aVerdict(one, 'REFUNDED'))).rejects.toEqual(refused)
  await expect(rule(aVerdict(one, 'REPLACED'))).rejects.toEqual(refused)
  await expect(rule(aVerdict(one, 'COMPENSATED', { compensationMinor: 50_000 }))).rejects.toEqual(refused)
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(50_000)
  await expect(rule(aVerdict(one, 'COMPENSATED', { compensationMinor: 100 }))).resolves.toBe('ruled')
})
