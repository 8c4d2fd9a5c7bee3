import { existsSync } from 'node:fs'
import { ConfigError } from '@/lib/infra/env'
import { Stop } from './progress.mjs'

/**
 * Runs a command to its end. A mistake in the set-up is told in one sentence; anything else is our bug and shows its stack.
 * Either way the exit code is 1, unless the command returns its own.
 */
export async function runCommand(command: () => Promise<number | void>): Promise<never> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    process.exit((await command()) ?? 0)
  } catch (error) {
    console.error(error instanceof ConfigError || error instanceof Stop ? error.message : error)
    process.exit(1)
  }
}
