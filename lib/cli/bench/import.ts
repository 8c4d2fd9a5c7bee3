import { once } from 'node:events'
import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import {
  type ImportLab,
  type LabProcess,
  codeLines,
  openLab,
  queue,
  startImporter,
  startProcess,
  upload,
} from '@/lib/cli/load/import-lab'
import { type Stall, openMarket } from '@/lib/cli/load/market'
import { percentile, sellAtRate } from '@/lib/cli/load/till'
import { ConfigError } from '@/lib/infra/env'
import { applyMigrations } from '@/lib/infra/migrate'
import { type ThrowawayPostgres, createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'

const LEAST_RATE = 25_000
const LEAST_SHARE = 0.25
const MOST_RSS_MB = 400
const MOST_P99 = 2
const SEALER = ['--import', 'tsx', 'lib/cli/load/sealer.ts']
const MERCHANTS = 10
const STOCK = 3_000
const SALES_PER_SECOND = 20
const BASELINE_SECONDS = 30

/**
 * What an import through the importer process reaches, beside a bare COPY of the same rows in the same run: rate, memory, the
 * time until everything is sealed, and what the shop's buyers feel of it. `--codes N` for another size, `--only alone,sealed,selling`.
 *
 * Bare: the rows of `cdk` that the import made (ciphertexts, fingerprints and all) in one COPY and one transaction into a table with
 * the same columns, CHECKs and indexes, but no foreign keys; and once more into one without indexes. No encryption, fingerprints,
 * events, look-ups or verdicts.
 */
export async function importing(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      codes: { type: 'string', default: '1000000' },
      only: { type: 'string', default: 'alone,sealed,selling' },
    },
  })
  const codes = Number(values.codes)
  if (!Number.isSafeInteger(codes) || codes < 1) throw new ConfigError('--codes wants a number of codes.')
  const server = await openThrowawayPostgres()
  const short: string[] = []
  try {
    await applyMigrations(await createDatabase(server, 'bench'))
    const wanted = values.only.split(',')
    if (wanted.includes('alone')) short.push(...(await alone(server, codes)))
    if (wanted.includes('sealed')) await sealed(server, codes)
    if (wanted.includes('selling')) short.push(...(await selling(server, codes)))
  } finally {
    await server.close()
  }
  return short
}

async function alone(server: ThrowawayPostgres, codes: number): Promise<string[]> {
  const { lab, ready } = await openShop(server, 'alone', codes)
  const { rate, rssMb } = await importOnce(lab, ready, codes)
  await lab.db.$disconnect()
  const bare = await bareCopies(lab.url, server.dataDir)
  const share = rate / bare.indexed
  console.log(`bare COPY           ${whole(bare.indexed)} rows/s; without indexes ${whole(bare.plain)}`)
  console.log(
    `import              ${whole(rate)} codes/s, ${share.toFixed(2)} of bare COPY; importer's memory ${whole(rssMb)} MB at most`,
  )
  return [
    ...(rate < LEAST_RATE ? [`${whole(rate)} codes/s of ${whole(LEAST_RATE)}`] : []),
    ...(share < LEAST_SHARE ? [`${share.toFixed(2)} of a bare COPY instead of ${LEAST_SHARE}`] : []),
    ...(rssMb > MOST_RSS_MB ? [`${whole(rssMb)} MB of memory instead of ${MOST_RSS_MB}`] : []),
  ]
}

async function sealed(server: ThrowawayPostgres, codes: number): Promise<void> {
  const { lab, ready } = await openShop(server, 'sealed', codes)
  const sealer = startProcess(lab, SEALER)
  await untilSealed(lab)
  const began = performance.now()
  const { rate } = await importOnce(lab, ready, codes)
  const importedAt = performance.now()
  await untilSealed(lab)
  const seconds = (performance.now() - importedAt) / 1_000
  console.log(
    `with the sealer     ${whole(rate)} codes/s; all sealed ${seconds.toFixed(0)} s after the import, ${((performance.now() - began) / 1_000).toFixed(0)} s after its start`,
  )
  await sealer.stop()
  await lab.db.$disconnect()
}

async function selling(server: ThrowawayPostgres, codes: number): Promise<string[]> {
  const { lab, stalls, ready } = await openShop(server, 'selling', codes)
  const sealer = startProcess(lab, SEALER)
  await untilSealed(lab)
  await sellAtRate(lab.db, stalls, SALES_PER_SECOND, AbortSignal.timeout(3_000))
  const before = await sellAtRate(lab.db, stalls, SALES_PER_SECOND, AbortSignal.timeout(BASELINE_SECONDS * 1_000))
  const over = new AbortController()
  const during = sellAtRate(lab.db, stalls, SALES_PER_SECOND, over.signal)
  const { rate } = await importOnce(lab, ready, codes)
  over.abort()
  const times = await during
  const ratio = percentile(times, 0.99) / percentile(before, 0.99)
  const say = (of: readonly number[]) =>
    `p50 ${percentile(of, 0.5).toFixed(0)} ms, p99 ${percentile(of, 0.99).toFixed(0)} ms (${of.length})`
  console.log(`checkout before     ${say(before)}, ${SALES_PER_SECOND} a second`)
  console.log(
    `checkout during     ${say(times)}; p99 ${ratio.toFixed(2)} times; import ${whole(rate)} codes/s, sealer on`,
  )
  await sealer.stop()
  await lab.db.$disconnect()
  return ratio > MOST_P99 ? [`checkout's p99 is ${ratio.toFixed(2)} times as long during an import`] : []
}

async function openShop(
  server: ThrowawayPostgres,
  name: string,
  codes: number,
): Promise<{ lab: ImportLab; stalls: Stall[]; ready: Ready }> {
  const url = await createDatabase(server, name, 'bench')
  const lab = openLab(url, path.join(server.dataDir, name))
  const stalls = await openMarket(lab.db, lab.vault, { merchants: MERCHANTS, stock: STOCK }, new Date())
  const [stall] = stalls
  if (!stall) throw new Error('no stall')
  const id = await upload(lab, stall, codeLines(codes))
  const importer = startImporter(lab)
  while (!importer.told.some(({ msg }) => msg === 'importer ready')) await sleep(50)
  console.log(`${name}: ${MERCHANTS} merchants with ${whole(STOCK)} CDKs each; ${whole(codes)} codes uploaded`)
  return { lab, stalls, ready: { id, stall, importer } }
}

/** An upload that lies there, and an importer that waits. */
interface Ready {
  readonly id: string
  readonly stall: Stall
  readonly importer: LabProcess
}

/** From the start of the first chunk's work to the end of the import, as its row tells. */
async function importOnce(
  lab: ImportLab,
  { id, stall, importer }: Ready,
  codes: number,
): Promise<{ rate: number; rssMb: number }> {
  await queue(lab, stall.merchantId, id)
  for (;;) {
    const { state, startedAt, finishedAt, counts } = await lab.db.stockImport.findUniqueOrThrow({ where: { id } })
    if (finishedAt && startedAt) {
      while (!importer.told.some(({ msg }) => msg === 'import put down')) await sleep(20)
      const end = importer.told.find(({ msg }) => msg === 'import put down')
      await importer.stop()
      const taken = await lab.db.cdk.count({
        where: { variantId: stall.variantId, batch: { imports: { some: { id } } } },
      })
      if (state !== 'DONE' || taken !== codes)
        throw new Error(`the import ended ${state} with ${taken}: ${JSON.stringify(counts)}`)
      return {
        rate: (codes * 1_000) / (finishedAt.getTime() - startedAt.getTime()),
        rssMb: Number(end?.['peakRssMiB']) * 1.048_576,
      }
    }
    if (importer.child.exitCode !== null) throw new Error('the importer ended')
    await sleep(100)
  }
}

async function untilSealed({ db }: ImportLab): Promise<void> {
  for (;;) {
    const [events, leaves] = await Promise.all([db.cdkEvent.count(), db.logLeaf.count()])
    if (leaves >= events) return
    await sleep(500)
  }
}

async function bareCopies(url: string, folder: string): Promise<{ indexed: number; plain: number }> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const file = path.join(folder, 'rows.copy')
  try {
    await pipeline(client.query(copyTo('COPY cdk TO STDOUT (FORMAT binary)')), createWriteStream(file))
    await client.query('CREATE TABLE bare (LIKE cdk INCLUDING ALL)')
    await client.query('CREATE TABLE plain (LIKE cdk INCLUDING ALL EXCLUDING INDEXES)')
    return { indexed: await bareCopy(client, 'bare', file), plain: await bareCopy(client, 'plain', file) }
  } finally {
    rmSync(file, { force: true })
    await client.end()
  }
}

async function bareCopy(client: Client, table: string, file: string): Promise<number> {
  const began = performance.now()
  const stream = client.query(copyFrom(`COPY ${table} FROM STDIN (FORMAT binary)`))
  const ended = once(stream, 'finish')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), stream)
  await ended
  return (stream.rowCount * 1_000) / (performance.now() - began)
}

const whole = (value: number) => Math.round(value).toLocaleString('en')
