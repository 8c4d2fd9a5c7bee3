import { expect, test } from 'vitest'
import { ConfigError, parseEnv } from '@/lib/infra/env'

const KEY_HEX = 'ab'.repeat(32)
/** Type 4: a key that cosigns. */
const WITNESS = 'witness.example.com/w1+0a1b2c3d+BAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH'
const STRIPE = { KEYBOND_STRIPE_SECRET_KEY: 'sk_test_abc', KEYBOND_STRIPE_WEBHOOK_SECRET: 'whsec_one, whsec_two' }

test('an empty environment gives the demo defaults', () => {
  expect(parseEnv({})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    KEYBOND_MODE: 'demo',
    KEYBOND_DATA_DIR: '.data',
    KEYBOND_URL: 'http://localhost:3000',
    KEYBOND_PAYMENT_PROVIDER: 'sandbox',
  })
})

test('a Stripe key makes Stripe take new payments, unless the settings say otherwise', () => {
  expect(parseEnv(STRIPE)).toMatchObject({
    KEYBOND_PAYMENT_PROVIDER: 'stripe',
    KEYBOND_STRIPE_WEBHOOK_SECRET: ['whsec_one', 'whsec_two'],
    KEYBOND_STRIPE_METHODS: ['card', 'alipay', 'wechat_pay'],
  })
  const settings = parseEnv({ ...STRIPE, KEYBOND_PAYMENT_PROVIDER: 'sandbox', KEYBOND_STRIPE_METHODS: 'card' })
  expect(settings).toMatchObject({ KEYBOND_PAYMENT_PROVIDER: 'sandbox', KEYBOND_STRIPE_METHODS: ['card'] })
})

test('production takes real money: a live key does, a test key only when that is meant', () => {
  const live = { ...STRIPE, KEYBOND_MODE: 'production', KEYBOND_STRIPE_SECRET_KEY: 'sk_live_abc' }
  expect(parseEnv(live).KEYBOND_PAYMENT_PROVIDER).toBe('stripe')
  const staged = { ...STRIPE, KEYBOND_MODE: 'production', KEYBOND_ALLOW_SANDBOX_BANK: 'yes' }
  expect(parseEnv(staged).KEYBOND_PAYMENT_PROVIDER).toBe('stripe')
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
  [
    'a Stripe key that is none',
    { ...STRIPE, KEYBOND_STRIPE_SECRET_KEY: 'pk_test_abc' },
    /^KEYBOND_STRIPE_SECRET_KEY must/,
  ],
  [
    'a webhook secret that is none',
    { ...STRIPE, KEYBOND_STRIPE_WEBHOOK_SECRET: 'abc' },
    /^KEYBOND_STRIPE_WEBHOOK_SECRET/,
  ],
  ['a Stripe key without a webhook secret', { KEYBOND_STRIPE_SECRET_KEY: 'sk_test_abc' }, /set both or none\.$/],
  ['a webhook secret without a Stripe key', { KEYBOND_STRIPE_WEBHOOK_SECRET: 'whsec_a' }, /set both or none\.$/],
  ['Stripe without its keys', { KEYBOND_PAYMENT_PROVIDER: 'stripe' }, /^KEYBOND_PAYMENT_PROVIDER=stripe needs/],
  [
    'a method of payment with a blank',
    { KEYBOND_STRIPE_METHODS: 'card,ali pay' },
    /^KEYBOND_STRIPE_METHODS must be names/,
  ],
  ['a name of the log of two words', { KEYBOND_LOG_NAME: 'our log' }, /^KEYBOND_LOG_NAME must be one word/],
  ['a witness without an address', { KEYBOND_LOG_WITNESSES: WITNESS }, /^KEYBOND_LOG_WITNESSES must be pairs/],
  [
    "a log's key for a witness's",
    { KEYBOND_LOG_WITNESSES: `${WITNESS.replace('+BA', '+AQ')} https://w.example.com` },
    /^KEYBOND_LOG_WITNESSES must be pairs/,
  ],
  ['production on a test key', { ...STRIPE, KEYBOND_MODE: 'production' }, /refuses to start on a test key of Stripe/],
])('%s is refused in one sentence', ([, raw, sentence]) => {
  const refused = capture(() => parseEnv(raw))
  expect(refused).toBeInstanceOf(ConfigError)
  expect(refused).toHaveProperty('message', expect.stringMatching(sentence))
  expect(refused).toHaveProperty('message', expect.not.stringMatching(/\n/))
})

test('the log is called after the address that buyers see, unless it has a name', () => {
  expect(parseEnv({ KEYBOND_URL: 'https://mall.example.com' }).KEYBOND_LOG_NAME).toBe('mall.example.com/log')
  expect(parseEnv({ KEYBOND_LOG_NAME: 'log.example.org' }).KEYBOND_LOG_NAME).toBe('log.example.org')
})

test('witnesses are pairs of a key and an address', () => {
  expect(parseEnv({}).KEYBOND_LOG_WITNESSES).toEqual([])
  const two = parseEnv({
    KEYBOND_LOG_WITNESSES: `${WITNESS} https://w.example.com/a/, ${WITNESS}   http://localhost:1`,
  })
  expect(two.KEYBOND_LOG_WITNESSES).toEqual([
    { vkey: WITNESS, url: 'https://w.example.com/a' },
    { vkey: WITNESS, url: 'http://localhost:1' },
  ])
})

test('the sentence about a bad key does not contain it', () => {
  expect(String(capture(() => parseEnv({ KEYBOND_MASTER_KEY: 'super-secret-value' })))).not.toContain('super-secret')
  expect(String(capture(() => parseEnv({ KEYBOND_STRIPE_SECRET_KEY: 'super-secret' })))).not.toContain('super-secret')
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
