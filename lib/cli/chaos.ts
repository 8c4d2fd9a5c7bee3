import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { chaoticMall } from '@/lib/cli/load/chaotic-mall'
import { type Stall, openMarket } from '@/lib/cli/load/market'
import { runCommand } from '@/lib/cli/run'
import { completeAccount } from '@/lib/bank/complete-account'
import { stepOn } from '@/lib/cli/load/step-on'
import { createUser } from '@/lib/domain/accounts'
import { openPayoutAccount, setMerchantTier } from '@/lib/domain/merchants'
import type { Mall } from '@/lib/seed/mall'
import { sealAll } from '@/lib/domain/sealing'
import { applyMigrations } from '@/lib/infra/migrate'
import { inSnapshot } from '@/lib/infra/snapshot'
import { createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { audit } from '@/lib/queries/audit'
import { bankDesk } from '@/lib/seed/bank-desk'

const SHOPPERS = 4
const SECONDS = 30
const KILL_EVERY_MS = 1_200
const LEFT_WITHIN_SWEEPS = 200

/**
 * `npm run chaos`: processes buy, pay, confirm, refund, dispute and pay out on a throw-away PostgreSQL while one of them is killed (SIGKILL)
 * every 1.2 s and one database connection is cut; then the clocks run out, and every invariant of fsck must hold.
 */
await runCommand(async () => {
  const server = await openThrowawayPostgres()
  try {
    const url = await createDatabase(server, 'chaos')
    await applyMigrations(url)
    const mall = chaoticMall(url, 2)
    const stalls = await openMarket(mall.db, mall.vault, { merchants: 5, stock: 1_500 }, mall.now)
    const shopper = await openPeople(mall, stalls)
    const kills = await rage(url, server.adminUrl, [JSON.stringify(stalls), JSON.stringify(shopper)])
    const orders = await mall.db.order.count()
    console.log(`\n${orders} orders, ${kills} processes killed, as many connections cut`)
    await settle(mall)
    await sealAll(mall.run, mall.logKeys, new Date(), Number.POSITIVE_INFINITY)
    const failed: string[] = []
    const sound = await inSnapshot(mall.db, (tx) =>
      audit(
        tx,
        { vault: mall.vault, logKeys: mall.logKeys, migrations: migrationNames(), now: new Date() },
        ({ invariant, verdict, offenders }) => {
          if (verdict === 'failed') failed.push(`${invariant.name}: ${invariant.says} (${offenders} do not)`)
        },
      ),
    )
    await mall.db.$disconnect()
    console.log(sound && orders > 0 ? 'ok: every invariant holds' : `broken:\n${failed.join('\n')}`)
    return sound && orders > 0 ? 0 : 1
  } finally {
    await server.close()
  }
})

async function rage(url: string, adminUrl: string, told: readonly string[]): Promise<number> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  const shoppers = Array.from({ length: SHOPPERS }, () => startShopper(url, told))
  const end = performance.now() + SECONDS * 1_000
  let kills = 0
  while (performance.now() < end) {
    await sleep(KILL_EVERY_MS)
    const victim = kills % SHOPPERS
    shoppers[victim]?.kill('SIGKILL')
    shoppers[victim] = startShopper(url, told)
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'chaos' AND state = 'active' ORDER BY random() LIMIT 1`,
    )
    kills += 1
  }
  await Promise.all(
    shoppers.map(async (shopper) => {
      const gone = once(shopper, 'exit')
      shopper.kill('SIGKILL')
      await gone
    }),
  )
  await admin.end()
  return kills
}

function startShopper(url: string, told: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'lib/cli/load/shopper.ts', url, ...told], {
    stdio: ['ignore', 'inherit', 'ignore'],
  })
}

/** Merchants who are paid out at once, each with an account at the bank, and somebody who shops. */
async function openPeople(mall: Mall, stalls: readonly Stall[]): Promise<{ buyerId: string; email: string }> {
  const { db, run, now, origin } = mall
  const desk = bankDesk(mall, now)
  for (const { merchantId } of stalls) {
    await run((tx) => setMerchantTier(tx, merchantId, 'PRIME'))
    await openPayoutAccount(run, desk.provider, { merchantId, locale: 'zh-CN', returnUrl: origin }, now)
    const { accountRef } = await db.payoutAccount.findFirstOrThrow({ where: { merchantId } })
    await completeAccount(desk.bank, accountRef)
    await desk.tell(accountRef)
  }
  const email = 'chaos@example.com'
  const facts = {
    email,
    passwordHash: 'nobody signs in here',
    displayName: 'Chaos',
    role: 'BUYER',
    merchantId: null,
  } as const
  return { buyerId: await run((tx) => createUser(tx, facts, now)), email }
}

/** Lets every clock run out: what is unpaid expires or turns out to be paid, what is delivered is confirmed, money arrives. */
async function settle(mall: Mall): Promise<void> {
  let now = after(new Date(), 30 * DAY_MS)
  for (let round = 0; round < LEFT_WITHIN_SWEEPS; round++) {
    const did = await stepOn(mall, bankDesk(mall, now), now, (error, what) => {
      console.error(what, error)
    })
    if (did === 0) return
    now = after(now, 2 * HOUR_MS)
  }
}

function migrationNames(): string[] {
  return readdirSync('prisma/migrations', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}
