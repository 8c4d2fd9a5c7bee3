import { buying } from '@/lib/cli/bench/buying'
import { claim } from '@/lib/cli/bench/claim'
import { importing } from '@/lib/cli/bench/import'
import { runCommand } from '@/lib/cli/run'
import { ConfigError } from '@/lib/infra/env'

/** Each measures on a throw-away PostgreSQL, prints what it found and returns what fell short of its targets. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<string[]>>> = {
  buying,
  claim,
  import: importing,
}

/** `npm run bench -- NAME`: the last line is `ok`, or what fell short. */
await runCommand(async () => {
  const [name = 'buying', ...args] = process.argv.slice(2)
  const bench = BENCHES[name]
  if (!bench) throw new ConfigError(`There is no benchmark "${name}"; there is: ${Object.keys(BENCHES).join(', ')}.`)
  const short = await bench(args)
  console.log(short.length === 0 ? 'ok' : `fell short: ${short.join('; ')}`)
  return short.length === 0 ? 0 : 1
})
