/**
 * The double as a process of its own, for browser tests. Settings come in the environment: STRIPE_DOUBLE_PORT,
 * STRIPE_DOUBLE_WEBHOOK_URL, STRIPE_DOUBLE_WEBHOOK_SECRET, STRIPE_DOUBLE_API_KEY. Prints its address once it listens.
 *
 *     node --import tsx tests/support/stripe-double/serve.ts
 */
import { z } from 'zod'
import { startStripeDouble } from '.'

const settings = z
  .object({
    STRIPE_DOUBLE_PORT: z.coerce.number().int().default(0),
    STRIPE_DOUBLE_WEBHOOK_URL: z.string().nullable().default(null),
    STRIPE_DOUBLE_WEBHOOK_SECRET: z.string().min(1),
    STRIPE_DOUBLE_API_KEY: z.string().min(1),
  })
  .parse(process.env)

const double = await startStripeDouble({
  port: settings.STRIPE_DOUBLE_PORT,
  webhookUrl: settings.STRIPE_DOUBLE_WEBHOOK_URL,
  webhookSecret: settings.STRIPE_DOUBLE_WEBHOOK_SECRET,
  apiKey: settings.STRIPE_DOUBLE_API_KEY,
})
process.stdout.write(`${double.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void double.stop().then(() => process.exit(0))
  })
}
