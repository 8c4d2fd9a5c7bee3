import { Client } from 'pg'
import { uploaderOn } from '@/lib/cli/importer/take-upload'
import { runCommand } from '@/lib/cli/run'
import type { InTransaction } from '@/lib/domain/tx'
import { type Db, createDb, inTransaction } from '@/lib/infra/db'
import { databaseUrl } from '@/lib/infra/database-url'
import { ConfigError, env } from '@/lib/infra/env'
import { fileStore } from '@/lib/infra/files'
import { checkKeys } from '@/lib/infra/key-check'
import { createLog } from '@/lib/infra/log'
import { logKeys } from '@/lib/infra/log-key'
import { evidenceTools } from '@/lib/infra/evidence'
import { proofStore, sniffProof } from '@/lib/infra/proofs'
import { innerOrigin } from '@/lib/infra/own-origins'
import { secret } from '@/lib/infra/secrets'
import { cdkVault } from '@/lib/infra/vault'
import { fillMall, stateOfMall } from '@/lib/seed/fill-mall'

/** Any number, as long as it is always this one: of two seeds at once the second waits, and then finds nothing to do. */
const ADVISORY_LOCK = 4_826_003_118

/** `npm run seed`: fills an empty database with the demo mall; one that is in use is left alone. */
await runCommand(async () => {
  if (env().KEYBOND_MODE === 'production') {
    throw new ConfigError('The demo mall has public passwords and is not for KEYBOND_MODE=production.')
  }
  const db = createDb(databaseUrl())
  const holder = new Client({ connectionString: databaseUrl() })
  await holder.connect()
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
    await seed(db, new Date())
  } finally {
    await holder.end()
    await db.$disconnect()
  }
})

async function seed(db: Db, now: Date): Promise<void> {
  await checkKeys(db, now)
  const state = await stateOfMall(db)
  if (state === 'not-empty') {
    console.log('The mall is not empty: nothing to do.')
    return
  }
  console.log(state === 'empty' ? 'Filling the demo mall.' : 'Going on with the demo mall that was not finished.')
  const started = performance.now()
  const run: InTransaction = (work) => inTransaction(db, work)
  const keys = {
    vault: cdkVault(),
    bankKey: secret('bank'),
    logKeys: logKeys(),
    proofs: { store: proofStore(), sniff: sniffProof },
    evidence: evidenceTools(run),
  }
  const origins = { origin: env().KEYBOND_URL, innerOrigin: innerOrigin() }
  const tools = { run, vault: keys.vault, files: fileStore(), log: createLog('seed') }
  const mall = {
    db,
    run,
    now,
    ...keys,
    ...origins,
    takeUpload: uploaderOn(databaseUrl(), tools),
    stockShare: 1,
    orderShare: 1,
  }
  await fillMall(mall, progressLines())
  const counts = `${await db.product.count()} products, ${await db.cdk.count()} CDKs, ${await db.order.count()} orders`
  console.log(`The demo mall stands: ${counts} in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}

/** A line for every quarter of each kind of work. */
function progressLines() {
  const told = new Map<string, number>()
  return (what: string, done: number, of: number) => {
    const quarter = Math.floor((done / of) * 4)
    if (quarter === (told.get(what) ?? 0)) return
    told.set(what, quarter)
    console.log(`  ${what}: ${done} of ${of}`)
  }
}
