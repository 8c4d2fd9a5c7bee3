import { databaseUrl } from '@/lib/infra/database-url'
import { createDb } from '@/lib/infra/db'
import { checkKeys } from '@/lib/infra/key-check'
import { logKeys } from '@/lib/infra/log-key'
import { createLog } from '@/lib/infra/log'
import { secret } from '@/lib/infra/secrets'
import { cdkVault } from '@/lib/infra/vault'
import { fillMall } from '@/lib/seed/fill-mall'
import { aSmallMall } from './demo-mall'

/** A small demo mall made by a process of its own, on the keys of its environment. */
const log = createLog('fill')
const db = createDb(databaseUrl())
const now = new Date()
await checkKeys(db, now)
const keys = { vault: cdkVault(), bankKey: secret('bank'), logKeys: logKeys() }
await fillMall({ ...aSmallMall(db, databaseUrl(), now, keys.vault), ...keys }, (what, done, of) =>
  log.debug({ what, done, of }, 'filled'),
)
await db.$disconnect()
