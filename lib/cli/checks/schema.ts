import { applyMigrations, diffSchema, type SchemaFolders } from '@/lib/infra/migrate'
import { createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'

/** The SQL that prisma/migrations lacks to make what prisma/schema describes; empty when they agree. */
export async function pendingSql(folders?: SchemaFolders): Promise<string> {
  const server = await openThrowawayPostgres()
  try {
    const url = await createDatabase(server, 'shadow')
    await applyMigrations(url, folders)
    return await diffSchema(url, folders)
  } finally {
    await server.close()
  }
}
