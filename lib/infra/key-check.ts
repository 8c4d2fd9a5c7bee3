import { keyCheckValue } from '@/lib/infra/crypto/cdk-vault'
import type { Db } from '@/lib/infra/db'
import { ConfigError } from '@/lib/infra/env'
import { masterKeysInUse } from '@/lib/infra/master-key-use'
import {
  makeVersion,
  secret,
  secretIsMissing,
  secretVersion,
  secretVersions,
  versionName,
  versionVariable,
} from '@/lib/infra/secrets'

/**
 * Makes sure that this installation's keys are the ones the database was written with; a database that has never seen a
 * key learns them. Of the master key every version counts that something is wrapped under, and the newest; older ones may have been
 * removed after a rotation. Refuses with one sentence when a key is lost or another one; no key that the database knows is ever made
 * anew. Call it after the migrations and before anything touches CDKs.
 */
export async function checkKeys(db: Db, now: Date): Promise<void> {
  const known = await db.keyCheck.findMany({ orderBy: { version: 'asc' } })
  const fingerprint = known.find(({ name }) => name === 'fingerprint')
  // Asked before `secret`, which would make a new key and bury the fact that the old one is lost.
  if (fingerprint && secretIsMissing('fingerprint')) refuse('fingerprint', 1, 'is missing')
  await compare(db, { name: 'fingerprint', version: 1 }, secret('fingerprint'), now)

  const versions = known.filter(({ name }) => name === 'master').map(({ version }) => version)
  if (versions.length === 0 && secretVersions('master').length === 0) makeVersion('master', 1)
  const needed = new Set([...(await masterKeysInUse(db)).keys(), ...versions.slice(-1)])
  for (const version of needed) if (!secretVersion('master', version)) refuse('master', version, 'is missing')
  for (const version of secretVersions('master')) {
    const key = secretVersion('master', version)
    if (key) await compare(db, { name: 'master', version }, key, now)
  }
}

type KeyName = { readonly name: 'master' | 'fingerprint'; readonly version: number }

/** Two processes may meet a new database at once: the first one's value stands, and the second is compared with it. */
async function compare(db: Db, key: KeyName, bytes: Uint8Array, now: Date): Promise<void> {
  const value = keyCheckValue(bytes)
  await db.keyCheck.createMany({ data: [{ ...key, value, createdAt: now }], skipDuplicates: true })
  const row = await db.keyCheck.findUniqueOrThrow({ where: { name_version: key } })
  if (!Buffer.from(row.value).equals(value)) {
    refuse(key.name, key.version, 'is not the one this database was written with')
  }
}

function refuse(name: KeyName['name'], version: number, what: string): never {
  const master = name === 'master'
  const file = master ? versionName(name, version) : name
  const variable = master ? versionVariable(name, version) : 'KEYBOND_FINGERPRINT_KEY'
  throw new ConfigError(
    `The ${file} key ${what}, so stored CDKs could not be ${master ? 'opened' : 'recognised'}; put secrets/${file}.key back into the data folder from a backup, or set ${variable}.`,
  )
}
