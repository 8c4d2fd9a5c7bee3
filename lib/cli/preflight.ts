import { runCommand } from '@/lib/cli/run'
import { requireUsable } from '@/lib/infra/database'
import { env } from '@/lib/infra/env'
import { requireWritable } from './prepare.mjs'

/** What can be said about the settings before the long part of a start: nobody should wait for a build to learn of a typing mistake. */
await runCommand(async () => {
  const { DATABASE_URL, KEYBOND_DATA_DIR } = env()
  requireWritable(KEYBOND_DATA_DIR)
  if (DATABASE_URL) await requireUsable(DATABASE_URL)
})
