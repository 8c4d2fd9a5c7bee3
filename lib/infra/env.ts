import { z } from 'zod'

/** A mistake in the set-up that the operator can mend: its message is one sentence, shown as it is, exit code 1. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const KEY_BYTES = 32

/** 32 bytes written as 64 hex digits or as base64 (padding and the URL alphabet are both accepted). */
const key = z.string().transform((text, context) => {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : decodeBase64(text)
  if (bytes?.length === KEY_BYTES) return bytes
  context.addIssue({ code: 'custom', message: 'must be 32 bytes as 64 hex digits or as base64' })
  return z.NEVER
})

function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

const postgresUrl = z
  .string()
  .refine(
    (text) =>
      URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) && new URL(text).pathname.length > 1,
    'must look like postgresql://user:password@host:5432/database',
  )

const origin = z.string().transform((text, context) => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).pathname === '/') {
    return new URL(text).origin
  }
  context.addIssue({ code: 'custom', message: 'must be an origin without a path, such as https://mall.example.com' })
  return z.NEVER
})

/** Stripe's secret key or a restricted one; says by itself whether its money is real. */
const stripeKey = z.string().regex(/^[rs]k_(test|live)_\w+$/, 'must look like sk_live_... or sk_test_...')

/** Several, separated by commas: every webhook endpoint has its own, and two while one is rolled. */
const stripeWebhookSecrets = words(/^whsec_\S+$/, 'must look like whsec_..., or several of them with commas')

function words(shape: RegExp, otherwise: string) {
  return z.string().transform((text, context) => {
    const found = text.split(',').map((word) => word.trim())
    if (found.every((word) => shape.test(word))) return found
    context.addIssue({ code: 'custom', message: otherwise })
    return z.NEVER
  })
}

const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '',
    'must look like smtp://user:password@host:587 or smtps://user:password@host',
  )

/** The name of the log in its checkpoints and keys (C2SP signed-note): one word without a plus sign. */
const logName = z.string().regex(/^[^\s+\p{Cc}]{1,200}$/u, 'must be one word without "+", such as mall.example.com/log')

/** `name+id+base64 https://witness.example.com`, several with commas: a witness's key and where checkpoints are sent. */
const witnesses = z.string().transform((text, context) => {
  const found = text.split(',').map((pair) => {
    const [vkey = '', url = '', ...more] = pair.trim().split(/\s+/u)
    const key = /^[^+]+\+[0-9a-f]{8}\+([A-Za-z0-9+/]+={0,2})$/u.exec(vkey)?.[1]
    const sound = key !== undefined && isCosigningKey(key) && URL.canParse(url) && more.length === 0
    return sound && /^https?:$/.test(new URL(url).protocol) ? { vkey, url: url.replace(/\/+$/u, '') } : null
  })
  if (found.every((witness) => witness !== null)) return found
  context.addIssue({ code: 'custom', message: 'must be pairs "name+id+key https://address", several with commas' })
  return z.NEVER
})

/** Type 4 of C2SP tlog-cosignature and 32 bytes of Ed25519. */
function isCosigningKey(encoded: string): boolean {
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.length === 1 + KEY_BYTES && bytes[0] === 4
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((value) => value < 65_536, {
    message: 'must be a port number below 65536',
  })

const shape = {
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: postgresUrl.optional(),
  PORT: port.default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or a host name')
    .default('127.0.0.1'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  KEYBOND_DATA_DIR: z.string().default('.data'),
  KEYBOND_URL: origin.optional(),
  KEYBOND_MODE: z.enum(['demo', 'production']).default('demo'),
  KEYBOND_TRUST_PROXY: z.enum(['yes', 'no']).default('no'),
  KEYBOND_ALLOW_SANDBOX_BANK: z.enum(['yes', 'no']).default('no'),
  KEYBOND_SMTP_URL: smtpUrl.optional(),
  KEYBOND_MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/,
      'must look like mall@example.com or Mall <mall@example.com>',
    )
    .optional(),
  KEYBOND_SESSION_SECRET: key.optional(),
  KEYBOND_MASTER_KEY: key.optional(),
  KEYBOND_FINGERPRINT_KEY: key.optional(),
  KEYBOND_LOG_KEY: key.optional(),
  KEYBOND_LOG_NAME: logName.optional(),
  KEYBOND_LOG_WITNESSES: witnesses.default([]),
  KEYBOND_BANK_KEY: key.optional(),
  KEYBOND_EVIDENCE_SCANNER: z.string().optional(),
  KEYBOND_PAYMENT_PROVIDER: z.enum(['sandbox', 'stripe']).optional(),
  KEYBOND_STRIPE_SECRET_KEY: stripeKey.optional(),
  KEYBOND_STRIPE_WEBHOOK_SECRET: stripeWebhookSecrets.optional(),
  KEYBOND_STRIPE_API: origin.optional(),
  KEYBOND_STRIPE_METHODS: words(/^[a-z0-9_]+$/, 'must be names of payment methods with commas').prefault(
    'card,alipay,wechat_pay',
  ),
}

/** What the process is told from outside, parsed. Read it through `env()`; nothing else looks at process.env. */
export type Env = Readonly<
  Settings & {
    KEYBOND_URL: string
    KEYBOND_PAYMENT_PROVIDER: ProviderName
    KEYBOND_LOG_NAME: string
    laterKeys: LaterKeys
  }
>

/** Keys that followed by rotation, under the names they were given: `KEYBOND_MASTER_KEY_2` and so on. */
type LaterKeys = ReadonlyMap<string, Buffer>
const LATER_KEY = /^KEYBOND_(?:MASTER|LOG)_KEY_(?:[2-9]|[1-9]\d{1,3})$/

type Settings = z.output<z.ZodObject<typeof shape>>
type ProviderName = 'sandbox' | 'stripe'

/**
 * Parses an environment. Refuses with a `ConfigError` of one sentence when a value is malformed, when a KEYBOND_ name is
 * unknown (a typing mistake must not silently mean "default"), when Stripe is set up by halves, or when production would take
 * money that is not real. An empty value counts as not set, the way compose files write it. The values of secrets are never part of the sentence.
 */
export function parseEnv(raw: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== ''))
  const unknown = Object.keys(given).find(
    (name) => name.startsWith('KEYBOND_') && !Object.hasOwn(shape, name) && !LATER_KEY.test(name),
  )
  if (unknown !== undefined)
    throw new ConfigError(`${unknown} is not a setting Keybond knows; see docs/operations.md for the list.`)

  const settings = parse(z.object(shape), given)
  const later = Object.entries(given).filter(([name]) => LATER_KEY.test(name))
  const laterKeys = new Map(Object.entries(parse(z.record(z.string(), key), Object.fromEntries(later))))
  const provider = settings.KEYBOND_PAYMENT_PROVIDER ?? (settings.KEYBOND_STRIPE_SECRET_KEY ? 'stripe' : 'sandbox')
  refuseHalfSetStripe(settings, provider)
  refuseHalfSetMail(settings)
  refusePlayMoney(settings, provider)
  const url = settings.KEYBOND_URL ?? `http://localhost:${settings.PORT}`
  const logNamed = settings.KEYBOND_LOG_NAME ?? `${new URL(url).host}/log`
  return { ...settings, KEYBOND_URL: url, KEYBOND_PAYMENT_PROVIDER: provider, KEYBOND_LOG_NAME: logNamed, laterKeys }
}

function parse<T>(schema: z.ZodType<T>, given: Readonly<Record<string, unknown>>): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ConfigError(`${String(issue?.path[0])} ${describe(issue)}.`)
}

function refuseHalfSetStripe(settings: Settings, provider: ProviderName): void {
  const { KEYBOND_STRIPE_SECRET_KEY: secretKey, KEYBOND_STRIPE_WEBHOOK_SECRET: webhookSecret } = settings
  if ((secretKey === undefined) !== (webhookSecret === undefined)) {
    throw new ConfigError(
      'KEYBOND_STRIPE_SECRET_KEY and KEYBOND_STRIPE_WEBHOOK_SECRET work together: set both or none.',
    )
  }
  if (provider === 'stripe' && secretKey === undefined) {
    throw new ConfigError(
      'KEYBOND_PAYMENT_PROVIDER=stripe needs KEYBOND_STRIPE_SECRET_KEY and KEYBOND_STRIPE_WEBHOOK_SECRET.',
    )
  }
}

function refuseHalfSetMail({ KEYBOND_SMTP_URL: url, KEYBOND_MAIL_FROM: from }: Settings): void {
  if ((url === undefined) === (from === undefined)) return
  throw new ConfigError('KEYBOND_SMTP_URL and KEYBOND_MAIL_FROM work together: set both or none.')
}

function refusePlayMoney(settings: Settings, provider: ProviderName): void {
  if (settings.KEYBOND_MODE !== 'production' || settings.KEYBOND_ALLOW_SANDBOX_BANK === 'yes') return
  if (provider === 'sandbox') {
    throw new ConfigError(
      'KEYBOND_MODE=production refuses to start on the sandbox bank, whose money is not real; set KEYBOND_ALLOW_SANDBOX_BANK=yes if that is meant.',
    )
  }
  if (settings.KEYBOND_STRIPE_SECRET_KEY?.includes('k_test_')) {
    throw new ConfigError(
      'KEYBOND_MODE=production refuses to start on a test key of Stripe, whose money is not real; set KEYBOND_ALLOW_SANDBOX_BANK=yes if that is meant.',
    )
  }
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  return issue?.message ?? 'is malformed'
}

let parsedOnce: Env | undefined

/** The settings of this process, parsed at the first call and kept. Throws `ConfigError` (see `parseEnv`). */
export function env(): Env {
  parsedOnce ??= parseEnv(process.env)
  return parsedOnce
}
