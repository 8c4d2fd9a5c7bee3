import { pendingSql } from '@/lib/cli/checks/schema'
import { runCommand } from '@/lib/cli/run'

await runCommand(async () => {
  const sql = await pendingSql()
  if (sql === '') return 0
  console.error(`prisma/schema has what prisma/migrations has not (npm run migrate:new -- name):\n\n${sql}`)
  return 1
})
