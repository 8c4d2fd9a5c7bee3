import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError } from '@/lib/infra/env'
import { keptSecret } from '@/lib/infra/secrets'

let dir = ''
beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(tmpdir(), 'keybond-secrets-')), 'secrets')
})
afterEach(() => {
  rmSync(path.dirname(dir), { recursive: true, force: true })
})

test('a secret is made once, readable by its owner only', () => {
  const made = keptSecret(dir, 'master.key')
  expect(made).toMatch(/^[0-9a-f]{64}$/)
  expect(keptSecret(dir, 'master.key')).toBe(made)
  expect(statSync(path.join(dir, 'master.key')).mode & 0o777).toBe(0o600)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
})

test('two secrets differ', () => {
  expect(keptSecret(dir, 'master.key')).not.toBe(keptSecret(dir, 'log.key'))
})

test('processes that start at once agree on one secret and leave nothing else behind', async () => {
  const script = `const { keptSecret } = await import('@/lib/infra/secrets'); process.stdout.write(keptSecret(${JSON.stringify(dir)}, 'a.key'))`
  const runs = Array.from({ length: 4 }, () =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]),
  )
  const answers = new Set((await Promise.all(runs)).map(({ stdout }) => stdout))
  expect([...answers]).toEqual([readFileSync(path.join(dir, 'a.key'), 'utf8').trim()])
  expect(readdirSync(dir)).toEqual(['a.key'])
})

test('a damaged secret is refused, not replaced', () => {
  keptSecret(dir, 'master.key')
  writeFileSync(path.join(dir, 'master.key'), 'half a k')
  expect(() => keptSecret(dir, 'master.key')).toThrow(ConfigError)
  expect(readFileSync(path.join(dir, 'master.key'), 'utf8')).toBe('half a k')
})

test('a folder that cannot be made is told in one sentence', () => {
  writeFileSync(dir, 'a file stands in the way')
  expect(() => keptSecret(dir, 'master.key')).toThrow(/^Cannot (read|write)[^\n]*$/)
})
