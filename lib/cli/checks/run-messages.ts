import { messageFaults } from '@/lib/cli/checks/messages'
import { runCommand } from '@/lib/cli/run'

await runCommand(() => {
  const faults = messageFaults('messages')
  for (const fault of faults) console.error(fault)
  return Promise.resolve(faults.length === 0 ? 0 : 1)
})
