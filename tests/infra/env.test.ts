import { expect, test } from 'vitest'
import { ConfigError, parseEnv } from '@/lib/infra/env'

const KEY_HEX = 'ab'.repeat(32)

test('an empty environment gives the demo defaults', () => {
  expect(parseEnv({})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    KEYBOND_MODE: 'demo',
    KEYBOND_DATA_DIR: '.data',
    KEYBOND_URL: 'http://localhost:3000',
  })
})

test('an empty value counts as not set', () => {
  expect(parseEnv({ PORT: '', DATABASE_URL: '' }).PORT).toBe(3000)
})

test('the public address follows the port unless it is given, and loses its trailing slash', () => {
  expect(parseEnv({ PORT: '4100' }).KEYBOND_URL).toBe('http://localhost:4100')
  expect(parseEnv({ KEYBOND_URL: 'https://mall.example.com/' }).KEYBOND_URL).toBe('https://mall.example.com')
})

test('a key may be hex or base64, with or without padding', () => {
  const bytes = Buffer.from(KEY_HEX, 'hex')
  const spellings = [KEY_HEX, bytes.toString('base64'), bytes.toString('base64url')]
  for (const spelling of spellings) expect(parseEnv({ KEYBOND_MASTER_KEY: spelling }).KEYBOND_MASTER_KEY).toEqual(bytes)
})

test.for<[string, Record<string, string>, RegExp]>([
  ['an unknown KEYBOND_ name', { KEYBOND_MASTERKEY: 'x' }, /^KEYBOND_MASTERKEY is not a setting/],
  ['a port that is no number', { PORT: '30x0' }, /^PORT must be a port number/],
  ['a port beyond the last', { PORT: '70000' }, /^PORT must be a port number below 65536/],
  ['a database that is not PostgreSQL', { DATABASE_URL: 'mysql://a@b/c' }, /^DATABASE_URL must look like postgresql:/],
  ['a database address without a database', { DATABASE_URL: 'postgresql://a@b' }, /^DATABASE_URL must look like/],
  ['an address with a path', { KEYBOND_URL: 'https://a.example/mall' }, /^KEYBOND_URL must be an origin/],
  ['a mode that does not exist', { KEYBOND_MODE: 'prod' }, /^KEYBOND_MODE must be one of demo, production\.$/],
  ['a key of the wrong length', { KEYBOND_BANK_KEY: 'c2hvcnQ=' }, /^KEYBOND_BANK_KEY must be 32 bytes/],
  ['production on the sandbox bank', { KEYBOND_MODE: 'production' }, /refuses to start on the sandbox bank/],
])('%s is refused in one sentence', ([, raw, sentence]) => {
  const refused = capture(() => parseEnv(raw))
  expect(refused).toBeInstanceOf(ConfigError)
  expect(refused).toHaveProperty('message', expect.stringMatching(sentence))
  expect(refused).toHaveProperty('message', expect.not.stringMatching(/\n/))
})

test('the sentence about a bad key does not contain it', () => {
  expect(String(capture(() => parseEnv({ KEYBOND_MASTER_KEY: 'super-secret-value' })))).not.toContain('super-secret')
})

test('production may be told to use the sandbox bank', () => {
  expect(parseEnv({ KEYBOND_MODE: 'production', KEYBOND_ALLOW_SANDBOX_BANK: 'yes' }).KEYBOND_MODE).toBe('production')
})

function capture(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
