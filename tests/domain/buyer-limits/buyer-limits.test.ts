import { describe, expect, test } from 'vitest'
import { confirmLimit, liftLimit, proposeLimits } from '@/lib/domain/buyer-limits'
import { sql } from '@/lib/domain/tx'
import type { ComplaintOutcome } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'

const OPERATOR = { kind: 'OPERATOR', id: newId() } as const
const UNTIL = after(NOW, 90 * DAY_MS)

describe('a limit is proposed', () => {
  test('once for who lost three, and more than half, of his complaints within 180 days', async () => {
    const buyerKey = await aBuyerOf('lost', 'lost', 'lost', 'won', 'won')
    expect(await proposeLimits(run, NOW)).toBe(1)
    const [limit] = await limitsOf(buyerKey)
    expect(limit).toMatchObject({ state: 'PROPOSED', proposedAt: NOW, decidedAt: null, until: null })
    expect(limit?.complaints).toHaveLength(3)
    expect(await proposeLimits(run, after(NOW, DAY_MS))).toBe(0)
    // Nobody's rights are limited by a proposal.
    expect(await limitedOf(buyerKey)).toBe(false)
  })

  test.each([
    ['two lost', ['lost', 'lost']],
    ['half of them lost', ['lost', 'lost', 'lost', 'won', 'won', 'won']],
    ['withdrawn or granted ones are not lost', ['lost', 'lost', 'WITHDRAWN', 'ACCEPTED']],
    ['lost at first, won on appeal', ['lost', 'lost', 'appealed']],
    ['a clock that ruled', ['lost', 'lost', 'by-clock']],
  ] as const)('not: %s', async (_, cases) => {
    const buyerKey = await aBuyerOf(...cases)
    await proposeLimits(run, NOW)
    expect(await limitsOf(buyerKey)).toEqual([])
  })

  test('not for what is older, nor again for what was dismissed', async () => {
    const buyerKey = await aBuyerOf('lost', 'lost', 'lost')
    await proposeLimits(run, after(NOW, 180 * DAY_MS))
    expect(await limitsOf(buyerKey)).toEqual([])
    await proposeLimits(run, NOW)
    const [limit] = await limitsOf(buyerKey)
    await run((tx) => liftLimit(tx, limit?.id ?? '', { note: '证据模糊' }, OPERATOR, NOW))
    await proposeLimits(run, after(NOW, DAY_MS))
    expect(await limitsOf(buyerKey)).toMatchObject([{ state: 'LIFTED', note: '证据模糊', decidedById: OPERATOR.id }])
  })
})

describe('an operator', () => {
  test('confirms it until a day: then silence escalates instead of granting; afterwards it ends by itself', async () => {
    const { id, buyerKey } = await aProposal()
    await confirm(id)
    expect(await limitsOf(buyerKey)).toMatchObject([{ state: 'IN_FORCE', until: UNTIL, decidedAt: NOW }])
    expect(await limitedOf(buyerKey)).toBe(true)
    expect(await limitedOf(buyerKey, UNTIL)).toBe(false)
    await proposeLimits(run, UNTIL)
    expect(await limitsOf(buyerKey)).toMatchObject([{ state: 'LIFTED' }])
    expect(await db.operatorAction.findMany({ where: { subjectId: id } })).toMatchObject([
      { verb: 'confirm-limit', userId: OPERATOR.id, note: '三次落败' },
    ])
  })

  test('lifts one that is in force, at once', async () => {
    const { id, buyerKey } = await aProposal()
    await confirm(id)
    await run((tx) => liftLimit(tx, id, { note: '买家来信说明' }, OPERATOR, NOW))
    expect(await limitedOf(buyerKey)).toBe(false)
    const verbs = await db.operatorAction.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
    expect(verbs.map(({ verb }) => verb)).toEqual(['confirm-limit', 'lift-limit'])
  })

  test('decides once, on what is there, until a day to come', async () => {
    const { id } = await aProposal()
    await expect(confirm(id, NOW)).rejects.toMatchObject({ code: 'buyer-limit/until' })
    await confirm(id)
    await expect(confirm(id)).rejects.toMatchObject({ code: 'buyer-limit/decided' })
    await run((tx) => liftLimit(tx, id, { note: 'x' }, OPERATOR, NOW))
    await expect(run((tx) => liftLimit(tx, id, { note: 'x' }, OPERATOR, NOW))).rejects.toMatchObject({
      code: 'buyer-limit/decided',
    })
    await expect(confirm(newId())).rejects.toMatchObject({ code: 'access/not-found' })
  })
})

type Ended = 'lost' | 'won' | 'appealed' | 'by-clock' | Extract<ComplaintOutcome, 'WITHDRAWN' | 'ACCEPTED'>

/** A buyer whose complaints ended like this, a day ago. */
async function aBuyerOf(...cases: readonly Ended[]): Promise<string> {
  const buyerKey = `${newId()}@example.com`
  const closedAt = after(NOW, -DAY_MS)
  for (const ended of cases) {
    const { complaintId, merchantId } = await anOpenCase({ buyerKey: `${newId()}@example.com` })
    const ruled = ended !== 'WITHDRAWN' && ended !== 'ACCEPTED'
    const outcome: ComplaintOutcome = ruled ? 'RULED' : ended
    await db.complaint.update({
      where: { id: complaintId },
      data: { buyerKey, state: 'CLOSED', outcome, closedAt, dueAt: null, holds: false },
    })
    await db.complaintUnit.updateMany({ where: { complaintId }, data: { open: false } })
    const ruling = { merchantId, complaintId, units: [], reasons: '—', at: closedAt }
    const arbitratorId = ended === 'by-clock' ? null : newId()
    if (ruled) {
      const forBuyer = ended === 'won'
      await db.ruling.create({ data: { id: newId(), ...ruling, appeal: false, arbitratorId, forBuyer } })
    }
    if (ended === 'appealed') {
      await db.ruling.create({ data: { id: newId(), ...ruling, appeal: true, arbitratorId: newId(), forBuyer: true } })
    }
  }
  return buyerKey
}

async function aProposal(): Promise<{ readonly id: string; readonly buyerKey: string }> {
  const buyerKey = await aBuyerOf('lost', 'lost', 'lost')
  await proposeLimits(run, NOW)
  const { id } = await db.buyerLimit.findFirstOrThrow({ where: { buyerKey } })
  return { id, buyerKey }
}

function confirm(id: string, until = UNTIL): Promise<void> {
  return run((tx) => confirmLimit(tx, id, { until, note: '三次落败' }, OPERATOR, NOW))
}

async function limitsOf(buyerKey: string) {
  return db.buyerLimit.findMany({ where: { buyerKey }, orderBy: { proposedAt: 'asc' } })
}

/** Whether a complaint that this buyer opens then is one of a limited buyer. */
async function limitedOf(buyerKey: string, at = NOW): Promise<boolean> {
  const { complaintId } = await anOpenCase({ buyerKey, at })
  const { limited } = await db.complaint.findUniqueOrThrow({ where: { id: complaintId } })
  // Not counted among his complaints by what follows.
  await db.$executeRaw(sql`UPDATE complaint SET "buyerKey" = 'done#' || id WHERE id = ${complaintId}::uuid`)
  return limited
}
