import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { chaoticMall } from '@/lib/cli/load/chaotic-mall'
import { openMarket } from '@/lib/cli/load/market'
import { runCommand } from '@/lib/cli/run'
import { sweep } from '@/lib/domain/orders'
import { applyMigrations } from '@/lib/infra/migrate'
import { inSnapshot } from '@/lib/infra/snapshot'
import { createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'
import { DAY_MS, after } from '@/lib/kernel/time'
import { audit } from '@/lib/queries/audit'
import { bankDesk } from '@/lib/seed/bank-desk'

const SHOPPERS = 4
const SECONDS = 30
const KILL_EVERY_MS = 1_200
const LEFT_WITHIN_SWEEPS = 200

/**
 * `npm run chaos`: processes buy, pay, confirm and refund on a throw-away PostgreSQL while one of them is killed (SIGKILL)
 * every 1.2 s and one database connection is cut; then the clocks run out, and every invariant of fsck must hold.
 */
await runCommand(async () => {
  const server = await openThrowawayPostgres()
  try {
    const url = await createDatabase(server, 'chaos')
    await applyMigrations(url)
    const mall = chaoticMall(url, 2)
    const stalls = await openMarket(mall.db, mall.vault, { merchants: 5, stock: 1_500 }, mall.now)
    const kills = await rage(url, server.adminUrl, JSON.stringify(stalls))
    const orders = await mall.db.order.count()
    console.log(`\n${orders} orders, ${kills} processes killed, as many connections cut`)
    await settle(mall)
    const failed: string[] = []
    const sound = await inSnapshot(mall.db, (tx) =>
      audit(
        tx,
        { vault: mall.vault, migrations: migrationNames(), now: new Date() },
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

async function rage(url: string, adminUrl: string, market: string): Promise<number> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  const shoppers = Array.from({ length: SHOPPERS }, () => startShopper(url, market))
  const end = performance.now() + SECONDS * 1_000
  let kills = 0
  while (performance.now() < end) {
    await sleep(KILL_EVERY_MS)
    const victim = kills % SHOPPERS
    shoppers[victim]?.kill('SIGKILL')
    shoppers[victim] = startShopper(url, market)
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

function startShopper(url: string, market: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'lib/cli/load/shopper.ts', url, market], {
    stdio: ['ignore', 'inherit', 'ignore'],
  })
}

/** Lets every clock run out: what is unpaid expires or turns out to be paid, what is delivered is confirmed, refunds go out. */
async function settle(mall: ReturnType<typeof chaoticMall>): Promise<void> {
  const later = after(new Date(), 30 * DAY_MS)
  const { provider } = bankDesk(mall, later)
  for (let round = 0; round < LEFT_WITHIN_SWEEPS; round++) {
    const { expired, confirmed, refunded, paid } = await sweep(mall.run, provider, later, (error, what) => {
      console.error(what, error)
    })
    if (expired + confirmed + refunded + paid === 0) return
  }
}

function migrationNames(): string[] {
  return readdirSync('prisma/migrations', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}
