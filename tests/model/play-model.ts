import fc from 'fast-check'
import { readdirSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { createUser } from '@/lib/domain/accounts'
import { sealAll } from '@/lib/domain/sealing'
import { INVARIANTS } from '@/lib/queries/audit'
import { newId } from '@/lib/kernel/ids'
import { db } from '@/tests/support/database'
import { run, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { type Said, type Story, anyDeed, settleAll } from './deeds'
import { offences } from './promises'
import { type World, buildWorld } from './world'

/** How many random sequences all halves play together; more for a long night with MODEL_SEQUENCES. */
const ALL_SEQUENCES = Number(process.env.MODEL_SEQUENCES ?? 2_000)
/** Each half has a database of its own, which stays small, and a core of its own. */
const SEQUENCES = Math.ceil(ALL_SEQUENCES / 2)
/** Most buyers whose sequences run side by side and come to their end together. */
const BUYERS = 6
/** The whole audit is run this often, and at the end. */
const AUDIT_EVERY = 400
const MIGRATIONS = readdirSync('prisma/migrations', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
)

let world: World

beforeAll(async () => {
  world = await buildWorld()
}, 120_000)

test(
  `whatever happens, in ${SEQUENCES} random sequences: the books are right and nobody's money is lost`,
  { timeout: 1_200_000 },
  async () => {
    let [sequences, deeds] = [0, 0]
    const property = fc.asyncProperty(
      fc.array(fc.array(anyDeed, { minLength: 3, maxLength: 10, size: 'max' }), {
        minLength: 1,
        maxLength: BUYERS,
        size: 'max',
      }),
      async (side) => {
        const stories = await Promise.all(side.map(begin))
        // Their deeds alternate: what one does to the clock, the bank and the merchants happens in the midst of the others.
        for (let step = 0; step < Math.max(...side.map(({ length }) => length)); step += 1) {
          for (const [at, story] of stories.entries()) await side[at]?.[step]?.deed(world, story)
        }
        await settleAll(world, stories)
        for (const story of stories) told(await offences(story, world.merchants))
        const before = Math.floor(sequences / AUDIT_EVERY)
        sequences += side.length
        deeds += side.flat().length
        told(Math.floor(sequences / AUDIT_EVERY) > before ? await audited() : [])
      },
    )
    while (sequences < SEQUENCES) await fc.assert(property, { numRuns: 50, reporter: tell })
    expect(await audited()).toEqual([])
    // A short run by hand need not have reached everything.
    expect(SEQUENCES >= 500 ? await unseen() : []).toEqual([])
    console.log(`model: ${sequences} sequences of ${deeds} deeds, every one with its books right`)
  },
)

/** What is wrong, whole: a matcher would cut it short. */
function told(wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
}

async function begin(): Promise<Story> {
  const email = `${newId()}@buyers.example.com`
  const facts = {
    email,
    passwordHash: 'not a real hash',
    role: 'BUYER',
    displayName: 'buyer',
    merchantId: null,
  } as const
  const userId = await run((tx) => createUser(tx, facts, world.now))
  return { userId, email, checkoutIds: [] }
}

/** Names of the invariants that do not hold. */
async function audited(): Promise<string[]> {
  await sealAll((work) => db.$transaction(work, { timeout: 60_000 }), LOG_KEYS, world.now)
  const failed: string[] = []
  for (const { name, severity, check } of INVARIANTS) {
    if (severity === 'warning' || name.startsWith('installation/')) continue
    const { offenders, examples } = await db.$transaction(
      (tx) => check(tx, { vault, logKeys: LOG_KEYS, migrations: MIGRATIONS, now: world.now }),
      { timeout: 60_000 },
    )
    if (offenders > 0) failed.push(`${name}: ${examples.join(', ')}`)
  }
  return failed
}

/** What a model that reaches everything has come to; what is missing was never tried. */
const REACHED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  order: { status: ['CONFIRMED', 'EXPIRED', 'CANCELLED', 'REFUNDED'] },
  payment: { use: ['APPLIED', 'DUPLICATE', 'STRAY', 'MISMATCH', 'UNKNOWN'], provider: ['sandbox', 'wallet'] },
  refund: { status: ['SUCCEEDED', 'FAILED'], method: ['PROVIDER', 'WALLET'] },
  dispute: { state: ['WON', 'LOST'] },
  payout: { status: ['PAID', 'FAILED'] },
  order_event: {
    type: [
      'deliver-late',
      'deliver-by-hand',
      'decline-delivery',
      'fail-delivery',
      'refund-part',
      'chargeback',
      'freeze',
      'thaw',
      'late-payment',
      'auto-confirm',
      'confirm',
    ],
  },
}

async function unseen(): Promise<string[]> {
  const missing: string[] = []
  for (const [table, columns] of Object.entries(REACHED)) {
    for (const [column, values] of Object.entries(columns)) {
      const rows = await db.$queryRawUnsafe<readonly { readonly value: string }[]>(
        `SELECT DISTINCT "${column}"::text AS value FROM "${table}"`,
      )
      const seen = new Set(rows.map(({ value }) => value))
      missing.push(...values.filter((value) => !seen.has(value)).map((value) => `${table}.${column} ${value}`))
    }
  }
  const borne = await db.orderRefund.aggregate({
    _max: {
      fromEscrowMinor: true,
      fromPendingMinor: true,
      fromAvailableMinor: true,
      fromDepositMinor: true,
      fromFundMinor: true,
      promoMinor: true,
      feeMinor: true,
    },
  })
  missing.push(...Object.entries(borne._max).flatMap(([name, most]) => (most === 0 ? [`order_refund.${name}`] : [])))
  return missing
}

/** A counterexample as the deeds that lead to it. */
function tell(details: fc.RunDetails<[side: Said[][]]>): void {
  if (!details.failed) return
  const [side = []] = details.counterexample ?? []
  const why = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  throw new Error(
    `seed ${details.seed}, path ${details.counterexamplePath}: ${side.map((sequence) => sequence.map(({ said }) => said).join(' -> ')).join('  beside  ')}\n${why}`,
  )
}
