import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pendingSql } from '@/lib/cli/checks/schema'
import { runCommand } from '@/lib/cli/run'
import { ConfigError } from '@/lib/infra/env'

/** `npm run migrate:new -- name`: writes what prisma/schema has and prisma/migrations has not as the next migration. */
await runCommand(async () => {
  const name = process.argv[2]?.toLowerCase().replace(/[^a-z0-9]+/g, '_')
  if (!name) throw new ConfigError('Name the migration: npm run migrate:new -- add_coupons')
  const sql = await pendingSql()
  if (sql === '') {
    console.log('prisma/schema and prisma/migrations agree: nothing to write.')
    return
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join('prisma/migrations', `${stamp}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'migration.sql'), `${sql}\n`)
  console.log(
    `Wrote ${folder}/migration.sql. Add by hand what Prisma does not know: CHECK, partial UNIQUE, privileges.`,
  )
})
