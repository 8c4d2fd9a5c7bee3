import { text } from 'node:stream/consumers'
import { runCommand } from '@/lib/cli/run'
import { findExportOf } from '@/lib/domain/stock'
import { createDb } from '@/lib/infra/db'
import { databaseUrl } from '@/lib/infra/database-url'
import { checkKeys } from '@/lib/infra/key-check'
import { cdkVault } from '@/lib/infra/vault'

/**
 * `npm run stock:leak`: tells from leaked lines, one a line of the standard input (never an argument: those stand in process lists and
 * shell histories), which export each is from. Exit code 1 when none is known.
 */
await runCommand(async () => {
  const db = createDb(databaseUrl(), { max: 1 })
  try {
    await checkKeys(db, new Date())
    const lines = (await text(process.stdin)).split(/\r\n|\n|\r/u)
    let known = 0
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue
      const leak = await findExportOf(db, cdkVault(), line)
      if (leak) known += 1
      console.log(`line ${at + 1}: ${leak ? describe(leak) : 'of no export'}`)
    }
    return known > 0 ? 0 : 1
  } finally {
    await db.$disconnect()
  }
})

type Leak = NonNullable<Awaited<ReturnType<typeof findExportOf>>>

function describe({ exportId, merchantName, merchantId, userId, exportedAt, cdkId, by }: Leak): string {
  return `export ${exportId} of ${merchantName} (${merchantId}), by user ${userId} at ${exportedAt.toISOString()}; CDK ${cdkId}; found by its ${by}`
}
