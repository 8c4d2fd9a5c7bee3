import type { TestProject } from 'vitest/node'
import { applyMigrations } from '@/lib/infra/migrate'
import { createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'

const TEMPLATE = 'keybond_template'

declare module 'vitest' {
  export interface ProvidedContext {
    server: { url: string; adminUrl: string; template: string }
  }
}

/** One real PostgreSQL for the run, migrated once; each test file works on its own copy (tests/support/database.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openThrowawayPostgres()
  try {
    await applyMigrations(await createDatabase(server, TEMPLATE))
  } catch (error) {
    await server.close()
    throw error
  }
  // Workers inherit this: generated secrets and files land beside the throw-away database, not in the developer's data.
  process.env.KEYBOND_DATA_DIR = server.dataDir
  project.provide('server', { url: server.url, adminUrl: server.adminUrl, template: TEMPLATE })
  return () => server.close()
}
