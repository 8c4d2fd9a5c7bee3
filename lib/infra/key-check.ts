import type { Db } from '@/lib/infra/db'
import { keyCheckValue } from '@/lib/infra/crypto/cdk-vault'
import { ConfigError } from '@/lib/infra/env'
import { type SecretName, secret, secretIsMissing } from '@/lib/infra/secrets'

const VERSION = 1

/** The keys without which stored CDKs cannot be read or recognised, and how each is set from outside. */
const CHECKED = [
  { name: 'master', variable: 'KEYBOND_MASTER_KEY' },
  { name: 'fingerprint', variable: 'KEYBOND_FINGERPRINT_KEY' },
] as const satisfies readonly { name: SecretName; variable: string }[]

/**
 * Makes sure that this installation's keys are the ones the database was written with; a database that has never seen a
 * key learns them. Refuses with one sentence when a key is lost or another one. Call it after the migrations and before
 * anything touches CDKs.
 */
export async function checkKeys(db: Db, now: Date): Promise<void> {
  const known = new Map((await db.keyCheck.findMany()).map(({ name, value }) => [name, value]))
  for (const { name, variable } of CHECKED) {
    const expected = known.get(name)
    // Asked before `secret`, which would make a new key and bury the fact that the old one is lost.
    if (expected && secretIsMissing(name)) throw new ConfigError(sentence(name, variable, 'is missing'))
    const value = keyCheckValue(secret(name))
    if (expected === undefined) await learn(db, name, value, now)
    else if (!Buffer.from(expected).equals(value))
      throw new ConfigError(sentence(name, variable, 'is not the one this database was written with'))
  }
}

/** Two processes may meet a new database at once: the first one's value stands, and the second is compared with it. */
async function learn(db: Db, name: SecretName, value: Uint8Array<ArrayBuffer>, now: Date): Promise<void> {
  const { count } = await db.keyCheck.createMany({
    data: [{ name, version: VERSION, value, createdAt: now }],
    skipDuplicates: true,
  })
  if (count === 0) await checkKeys(db, now)
}

function sentence(name: SecretName, variable: string, what: string): string {
  return `The ${name} key ${what}, so stored CDKs could not be ${name === 'master' ? 'opened' : 'recognised'}; put secrets/${name}.key back into the data folder from a backup, or set ${variable}.`
}
