import { globSync } from 'node:fs'
import { pagesThatRead } from '@/lib/cli/checks/pages'
import { runCommand } from '@/lib/cli/run'

await runCommand(() => {
  const found = pagesThatRead(globSync('{app,components}/**/*.tsx'))
  for (const file of found) console.error(`${file} asks the database itself; reading belongs into lib/queries`)
  return Promise.resolve(found.length === 0 ? 0 : 1)
})
