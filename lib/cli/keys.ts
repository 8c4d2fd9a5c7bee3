import { setTimeout as sleep } from 'node:timers/promises'
import { runCommand } from '@/lib/cli/run'
import { databaseUrl } from '@/lib/infra/database-url'
import { handOverLog } from '@/lib/domain/sealing'
import { type Db, createDb, inTransaction } from '@/lib/infra/db'
import { ConfigError } from '@/lib/infra/env'
import { logKeys } from '@/lib/infra/log-key'
import { masterKeysInUse } from '@/lib/infra/master-key-use'
import { beginRotation, rewrapKeys } from '@/lib/infra/rotate-master-key'
import {
  isFromOutside,
  makeVersion,
  newestVersion,
  secretVersion,
  secretVersions,
  versionName,
  versionVariable,
} from '@/lib/infra/secrets'
import { cdkVault } from '@/lib/infra/vault'

const USAGE = 'Say what to do: npm run keys -- status | rotate | log'
/** An upload that took the old key a moment before the new one was made is stored by then. */
const STRAGGLERS_MS = 3_000

/** `npm run keys -- status | rotate | log`: the keys of this installation. Exit code 1 when a key that is needed is not here. */
await runCommand(async () => {
  const [command] = process.argv.slice(2)
  const commands = new Map([
    ['status', status],
    ['rotate', rotate],
    ['log', handOver],
  ])
  const chosen = commands.get(command ?? 'status')
  if (!chosen) throw new ConfigError(USAGE)
  const db = createDb(databaseUrl(), { max: 2 })
  try {
    return await chosen(db)
  } finally {
    await db.$disconnect()
  }
})

/** Every version of the master key that the database or the data folder knows, and what is under it. */
async function status(db: Db): Promise<number> {
  const inUse = await masterKeysInUse(db)
  const known = await db.keyCheck.findMany({ where: { name: 'master' }, select: { version: true } })
  const newest = Math.max(newestVersion('master') ?? 0, ...known.map(({ version }) => version))
  const all = new Set([...secretVersions('master'), ...inUse.keys(), ...known.map(({ version }) => version)])
  let sound = true
  for (const version of [...all].toSorted((one, other) => one - other)) {
    const [here, count] = [secretVersion('master', version) !== null, inUse.get(version) ?? 0]
    const needed = count > 0 || version === newest
    if (needed && !here) sound = false
    console.log(
      `${versionName('master', version).padEnd(12)}  ${String(count).padStart(8)} keys  ${said(here, needed, version === newest)}`,
    )
  }
  return sound ? 0 : 1
}

function said(here: boolean, needed: boolean, newest: boolean): string {
  if (!here) return needed ? 'MISSING: put it back from a backup' : 'gone, nothing is under it'
  if (newest) return 'in use'
  return needed ? 'being replaced; keep it' : 'nothing is under it: it may be removed'
}

/** The next key of the provenance log, and the note by which the present one hands over to it. */
async function handOver(db: Db): Promise<number> {
  const present = logKeys()
  const { version, vkey } = await inTransaction(db, async (tx) => {
    const now = (await tx.logHandover.count()) + 1
    if (isFromOutside('log', now) && !secretVersion('log', now + 1)) {
      const variable = versionVariable('log', now + 1)
      throw new ConfigError(
        `The log's key comes from the environment: set ${variable} (32 bytes) for every process of the mall, start them again and run this command again.`,
      )
    }
    // On the disk before the handover is; a key that was made and not handed over to is taken the next time.
    const seed = (version: number) =>
      version <= now
        ? present.seed(version)
        : new Uint8Array(secretVersion('log', version) ?? makeVersion('log', version))
    return handOverLog(tx, { name: present.name, seed }, new Date())
  })
  const name = versionName('log', version)
  console.log(`The log is signed by ${name} from now on: ${vkey}`)
  console.log(`Back ${name} up now, and publish the new key where the old one stands; docs/operations.md says where.`)
  return 0
}

async function rotate(db: Db): Promise<number> {
  const { version, resumed } = await beginRotation(db, new Date())
  const name = versionName('master', version)
  console.log(resumed ? `Going on with ${name}.` : `Made ${name}. Back it up now, apart from the database.`)
  const tell = (done: number) => console.log(`${done.toLocaleString('en')} keys wrapped under ${name}`)
  await rewrapKeys(db, cdkVault(), version, tell)
  await sleep(STRAGGLERS_MS)
  await rewrapKeys(db, cdkVault(), version, tell)
  return status(db)
}
