import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { createDb } from '@/lib/infra/db'
import { createDatabase, dropDatabase } from '@/lib/infra/throwaway-postgres'

const server = inject('server')
const name = `test_${randomBytes(6).toString('hex')}`

/** Address of this test file's own database: a copy of the migrated template, dropped after the file. */
export const databaseUrl = await createDatabase(server, name, server.template)

// Code under test that asks for the configured database gets this one.
process.env.DATABASE_URL = databaseUrl

/** Prisma on this test file's own database. */
export const db = createDb(databaseUrl)

afterAll(async () => {
  await db.$disconnect()
  await dropDatabase(server.adminUrl, name)
})
