import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { openMarket } from '@/lib/cli/load/market'
import { SYSTEM } from '@/lib/domain/actor'
import { placeCheckout } from '@/lib/domain/orders'
import { claimCdks } from '@/lib/domain/stock'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { type Db, createDb, inTransaction } from '@/lib/infra/db'
import { applyMigrations } from '@/lib/infra/migrate'
import { createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'
import { newId } from '@/lib/kernel/ids'

const FEW = 100_000
const CLAIMS = 2_000
const AT_A_TIME = 50
const MOST_COSTLY = 1.5

interface Shop {
  readonly db: Db
  readonly claim: { readonly merchantId: string; readonly variantId: string; readonly orderId: string }
}

/**
 * What a claim of one CDK costs with 10 million in stock beside what it costs with 100,000: two databases of one server,
 * claims of both in turns, so that whatever else the machine does falls on both. A tenth of each stock is past its time
 * to be sold and stands first in the queue. `--cdks N` for another size. Target: at most 1.5 times.
 */
export async function claim(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({ args: [...args], options: { cdks: { type: 'string', default: '10000000' } } })
  const many = Number(values.cdks)
  const server = await openThrowawayPostgres()
  try {
    const small = await openShop(server, 'claim_few', FEW)
    const large = await openShop(server, 'claim_many', many)
    const times = { small: [] as number[], large: [] as number[] }
    for (let round = 0; round < CLAIMS / AT_A_TIME; round++) {
      times.small.push(...(await timeClaims(small)))
      times.large.push(...(await timeClaims(large)))
    }
    const [one, other] = [median(times.small), median(times.large)]
    const ratio = other / one
    console.log(
      `${FEW.toLocaleString('en')} CDKs   ${one.toFixed(2)} ms a claim (median of ${CLAIMS}), p99 ${p99(times.small).toFixed(2)}`,
    )
    console.log(
      `${many.toLocaleString('en')} CDKs   ${other.toFixed(2)} ms a claim, p99 ${p99(times.large).toFixed(2)}`,
    )
    console.log(`ratio   ${ratio.toFixed(2)} (at most ${MOST_COSTLY})`)
    await Promise.all([small.db.$disconnect(), large.db.$disconnect()])
    return ratio <= MOST_COSTLY ? [] : [`a claim costs ${ratio.toFixed(2)} times as much`]
  } finally {
    await server.close()
  }
}

async function timeClaims({ db, claim: of }: Shop): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < AT_A_TIME; at++) {
    const now = new Date()
    const started = performance.now()
    const got = await inTransaction(db, (tx) => claimCdks(tx, { ...of, quantity: 1, actor: SYSTEM, until: now, now }))
    times.push(performance.now() - started)
    if (got !== 1) throw new Error('a claim came back empty')
  }
  return times
}

/** A shop with one variant and that many CDKs; an order of it that everything is claimed for. */
async function openShop(server: { url: string; adminUrl: string }, name: string, cdks: number): Promise<Shop> {
  const url = await createDatabase(server, name)
  await applyMigrations(url)
  const db = createDb(url, { max: 2 })
  const vault = createCdkVault(randomBytes(32), randomBytes(32))
  const now = new Date()
  const [stall] = await openMarket(db, vault, { merchants: 1, stock: 1 }, now)
  if (!stall) throw new Error('no stall')
  const { merchantId, variantId } = stall
  const wanted = {
    idempotencyKey: newId(),
    lines: [{ variantId, quantity: 1 }],
    couponCode: null,
    expectedTotalMinor: stall.priceMinor,
    walletMinor: 0,
    buyerId: null,
    email: 'load@example.com',
    passcodeHash: 'nobody looks this up',
    locale: 'zh-CN',
    provider: 'sandbox',
  }
  const { orders } = await inTransaction(db, (tx) => placeCheckout(tx, wanted, now))
  await fill(adminOf(server.adminUrl, name), { merchantId, variantId, cdks })
  return { db, claim: { merchantId, variantId, orderId: orders[0]?.id ?? '' } }
}

function adminOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Rows as an import leaves them, made by the database itself: what a claim touches is real, what it does not (plaintext) is random. */
async function fill(
  adminUrl: string,
  { merchantId, variantId, cdks }: { readonly merchantId: string; readonly variantId: string; readonly cdks: number },
): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  const started = performance.now()
  try {
    const batch = await admin.query<{ id: string }>('SELECT id FROM stock_batch')
    const batchId = batch.rows[0]?.id
    const indexes = await admin.query<{ name: string; def: string }>(
      `SELECT indexname AS name, indexdef AS def FROM pg_indexes WHERE tablename = 'cdk'
       AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE '%UNIQUE%'`,
    )
    for (const { name } of indexes.rows) await admin.query(`DROP INDEX "${name}"`)
    await admin.query('ALTER TABLE cdk DISABLE TRIGGER ALL')
    await admin.query(
      `INSERT INTO cdk (id, "merchantId", "variantId", "batchId", state, bucket, ciphertext, fingerprint, "expiresAt", "sellBy",
                        "eventSeq", "eventAt", "eventHash", "createdAt")
       SELECT gen_random_uuid(), $1, $2, $3, 'AVAILABLE', floor(random() * 32), sha256(int8send(n)) || sha256(int8send(-n)),
              sha256(int8send(n * 3)), t.at, t.at, 0, now(), sha256(int8send(n * 5)), now()
       FROM generate_series(1, $4::bigint) n
       CROSS JOIN LATERAL (SELECT now() + make_interval(days => CASE WHEN n % 10 = 0 THEN -1 ELSE 1 + (n % 700)::int END) AS at) t`,
      [merchantId, variantId, batchId, cdks],
    )
    await admin.query('ALTER TABLE cdk ENABLE TRIGGER ALL')
    for (const { def } of indexes.rows) await admin.query(def)
    await admin.query('VACUUM ANALYZE cdk')
    await admin.query('CHECKPOINT')
  } finally {
    await admin.end()
  }
  const seconds = (performance.now() - started) / 1_000
  console.log(`${cdks.toLocaleString('en')} CDKs laid in (${seconds.toFixed(0)} s)`)
}

function sorted(times: readonly number[]): number[] {
  return times.toSorted((a, b) => a - b)
}

function median(times: readonly number[]): number {
  return sorted(times)[Math.floor(times.length / 2)] ?? 0
}

function p99(times: readonly number[]): number {
  return sorted(times)[Math.floor(times.length * 0.99)] ?? 0
}
