import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from '@/lib/cli/run'
import { ConfigError } from '@/lib/infra/env'
import { applyMigrations, diffSchema } from '@/lib/infra/migrate'
import { createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'

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

async function pendingSql(): Promise<string> {
  const server = await openThrowawayPostgres()
  try {
    const url = await createDatabase(server, 'shadow')
    await applyMigrations(url)
    return await diffSchema(url)
  } finally {
    await server.close()
  }
}
