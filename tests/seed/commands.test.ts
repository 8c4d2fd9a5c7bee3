import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseUrl, db } from '@/tests/support/database'

const KEYS = { KEYBOND_MASTER_KEY: key(), KEYBOND_FINGERPRINT_KEY: key(), KEYBOND_BANK_KEY: key() }

interface Ended {
  readonly code: number | null
  readonly output: string
}

/** Runs a command on this file's database, killing it without warning as soon as it has said `fatal`. */
function command(script: 'seed' | 'fsck', env: Record<string, string> = {}, fatal?: string): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', `lib/cli/${script}.ts`], {
    env: { ...process.env, ...KEYS, DATABASE_URL: databaseUrl, NODE_ENV: 'development', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk)
      if (fatal !== undefined && output.includes(fatal)) child.kill('SIGKILL')
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

describe('npm run seed, npm run fsck', { timeout: 60_000 }, () => {
  test('the seed refuses production in one sentence and makes nothing', async () => {
    const { code, output } = await command('seed', { KEYBOND_MODE: 'production', KEYBOND_ALLOW_SANDBOX_BANK: 'yes' })
    expect({ code, lines: output.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
    expect(await db.user.count()).toBe(0)
  })

  test('a seed that was killed is finished by the next one', async () => {
    expect(await command('seed', {}, 'orders: ')).toMatchObject({ code: null })
    const { code, output } = await command('seed')
    expect(output).toContain('Going on with the demo mall')
    expect(code).toBe(0)
    expect(await db.cdk.count()).toBeGreaterThanOrEqual(5_000)
  })

  test('a mall that is in use is left alone', async () => {
    expect(await command('seed')).toEqual({ code: 0, output: 'The mall is not empty: nothing to do.\n' })
  })

  test('the audit passes, and exits with 1 as soon as an invariant fails', async () => {
    const sound = await command('fsck')
    expect(sound.output).toMatch(/\d+ hold, 0 warnings, 0 failed/u)
    expect(sound.code).toBe(0)
    await db.cdk.updateMany({ where: { state: 'RESERVED' }, data: { state: 'AVAILABLE', orderId: null } })
    const damaged = await command('fsck')
    expect(damaged.output).toMatch(/FAILED {2}stock\/reserved-exactly.*\n\s+\d+ do not: [0-9a-f-]{36}/u)
    expect(damaged.code).toBe(1)
  })

  test.each(['KEYBOND_MASTER_KEY', 'KEYBOND_FINGERPRINT_KEY'])(
    'another %s is refused in one sentence',
    async (name) => {
      const { code, output } = await command('fsck', { [name]: key() })
      expect(code).toBe(1)
      expect(output).toMatch(/^The (master|fingerprint) key is not the one this database was written with, .*\.\n$/u)
      expect(output).toContain(name)
    },
  )

  test('a lost key is missed, not made anew', async () => {
    const { code, output } = await command('fsck', {
      KEYBOND_MASTER_KEY: '',
      KEYBOND_DATA_DIR: `.data/no-such-${process.pid}`,
    })
    expect(code).toBe(1)
    expect(output).toMatch(/^The master key is missing, .*\.\n$/u)
  })
})

function key(): string {
  return randomBytes(32).toString('hex')
}
