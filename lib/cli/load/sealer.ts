import { runCommand } from '@/lib/cli/run'
import { pause } from '@/lib/cli/run-loops'
import { sealAll } from '@/lib/domain/sealing'
import { databaseUrl } from '@/lib/infra/database-url'
import { createDb, inTransaction } from '@/lib/infra/db'
import { logKeys } from '@/lib/infra/log-key'
import { SECOND_MS } from '@/lib/kernel/time'

/** The worker's sealer alone, at the worker's pace: what a benchmark wants to see working beside an import. */
await runCommand(async () => {
  const stopping = new AbortController()
  process.on('SIGTERM', () => stopping.abort())
  const db = createDb(databaseUrl(), { max: 2 })
  const keys = logKeys()
  while (!stopping.signal.aborted) {
    await sealAll((work) => inTransaction(db, work), keys, new Date())
    await pause(2 * SECOND_MS, stopping.signal)
  }
  await db.$disconnect()
})
