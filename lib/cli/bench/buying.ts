import { randomBytes } from 'node:crypto'
import { Pool } from 'pg'
import { type Stall, openMarket } from '@/lib/cli/load/market'
import { purchase } from '@/lib/cli/load/purchase'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { createDb } from '@/lib/infra/db'
import { applyMigrations } from '@/lib/infra/migrate'
import { createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'
import { newId } from '@/lib/kernel/ids'

const CLIENTS = 8
const SECONDS = 8
const MERCHANTS = 20

/**
 * Whole purchases a second (place, pay with delivery, confirm) through the domain's verbs, beside the floor of the same
 * machine in the same run: the bare statements of a purchase sent with `pg`, no rules. Quote the ratio, not the figures.
 */
export async function buying(): Promise<string[]> {
  const server = await openThrowawayPostgres()
  try {
    const url = await createDatabase(server, 'bench')
    await applyMigrations(url)
    const db = createDb(url, { max: CLIENTS })
    const vault = createCdkVault(randomBytes(32), randomBytes(32))
    console.log(`market: ${MERCHANTS} merchants with 3,000 CDKs each`)
    const stalls = await openMarket(db, vault, { merchants: MERCHANTS, stock: 3_000 }, new Date())
    const floor = await bareFloor(url)
    const verbs = await rate(async () => purchase(db, pick(stalls), new Date()))
    console.log(`bare statements   ${floor.toFixed(0)} purchases/s (${CLIENTS} clients, ${SECONDS} s)`)
    console.log(`keybond           ${verbs.toFixed(0)} purchases/s (${CLIENTS} clients, ${SECONDS} s)`)
    console.log(`ratio             ${(verbs / floor).toFixed(2)} of the floor`)
    await db.$disconnect()
  } finally {
    await server.close()
  }
  return []
}

/** Runs `work` from all clients for the time given and returns how often it finished in a second. */
async function rate(work: () => Promise<void>): Promise<number> {
  for (let warm = 0; warm < 20; warm++) await work()
  const end = performance.now() + SECONDS * 1_000
  let done = 0
  const client = async () => {
    while (performance.now() < end) {
      await work()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return done / SECONDS
}

/** The same number of transactions with one small write each step: what the machine gives at best. */
async function bareFloor(url: string): Promise<number> {
  const pool = new Pool({ connectionString: url, max: CLIENTS })
  await pool.query('CREATE TABLE floor (id uuid PRIMARY KEY, state int NOT NULL, note text NOT NULL)')
  const result = await rate(async () => {
    const id = newId()
    const client = await pool.connect()
    try {
      const steps = [
        ['INSERT INTO floor VALUES ($1, 0, $2)', 'placed'],
        ['UPDATE floor SET state = 1, note = $2 WHERE id = $1 AND state = 0', 'paid'],
        ['UPDATE floor SET state = 2, note = $2 WHERE id = $1 AND state = 1', 'confirmed'],
      ] as const
      for (const [text, note] of steps) {
        await client.query('BEGIN')
        await client.query({ name: note, text, values: [id, note] })
        await client.query('COMMIT')
      }
    } finally {
      client.release()
    }
  })
  await pool.end()
  return result
}

function pick(stalls: readonly Stall[]): Stall {
  const stall = stalls[Math.floor(Math.random() * stalls.length)]
  if (!stall) throw new Error('the market is empty')
  return stall
}
