import { spawn } from 'node:child_process'
import path from 'node:path'
import { makeDemoMall } from '@/lib/cli/demo-mall'
import { startChild, stopChild } from '@/lib/cli/children'
import { openMall, openWeb } from '@/lib/cli/mall'
import { runCommand } from '@/lib/cli/run'
import { applyMigrations } from '@/lib/infra/migrate'
import { freePort } from '@/lib/infra/postgres/ports'
import { createDatabase, openThrowawayPostgres, type ThrowawayPostgres } from '@/lib/infra/throwaway-postgres'
import { requireBrowser } from './browser.mjs'
import { build, enterProject, generate } from './prepare.mjs'
import { signalGroup, step } from './progress.mjs'

const STRIPE_KEY = 'sk_test_keybond_double'
const STRIPE_WEBHOOK_SECRET = 'whsec_keybond_double'

/**
 * `npm run test:e2e [-- what]`: Playwright, in a real Chromium, against the production build on a database, a data folder
 * and a port of its own. What follows `--` goes to Playwright: part of a file name, `--headed`, `-g 'a title'`.
 */
await runCommand(async () => {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  enterProject()
  await requireBrowser()
  await generate()
  await build()
  const server = await step('open a throw-away database', openThrowawayPostgres)
  try {
    return await testIn(server, stopping.signal)
  } finally {
    await server.close()
  }
})

async function testIn(server: ThrowawayPostgres, stop: AbortSignal): Promise<number> {
  const databaseUrl = await createDatabase(server, 'e2e')
  await applyMigrations(databaseUrl)
  const [port, stripePort, doublePort] = [await freePort(), await freePort(), await freePort()]
  const publicUrl = `http://127.0.0.1:${port}`
  const stripeUrl = `http://127.0.0.1:${stripePort}`
  const doubleUrl = `http://127.0.0.1:${doublePort}`
  // For the seed, for the mall and for specs that look into the database.
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    KEYBOND_DATA_DIR: server.dataDir,
    KEYBOND_URL: publicUrl,
    KEYBOND_PAYMENT_PROVIDER: 'sandbox',
    KEYBOND_STRIPE_SECRET_KEY: STRIPE_KEY,
    KEYBOND_STRIPE_WEBHOOK_SECRET: STRIPE_WEBHOOK_SECRET,
    KEYBOND_STRIPE_API: doubleUrl,
    PORT: String(port),
    E2E_URL: publicUrl,
    E2E_STRIPE_URL: stripeUrl,
    E2E_STRIPE_DOUBLE_URL: doubleUrl,
  })
  await step('make the demo mall', () => makeDemoMall(databaseUrl, stop))
  const options = { databaseUrl, dataDir: server.dataDir, host: '127.0.0.1', port, publicUrl }
  const double = openStripeDouble(doublePort, `${stripeUrl}/api/webhooks/stripe`, server.dataDir)
  try {
    const mall = await step('open the mall', () => openMall(options, stop))
    try {
      // The same mall on another port, where new payments go to Stripe's double.
      const env = { KEYBOND_PAYMENT_PROVIDER: 'stripe' }
      const web = { ...options, port: stripePort, publicUrl: stripeUrl, env }
      const stripeWeb = await step('open the mall that pays by Stripe', () => openWeb('web-stripe', web, stop))
      try {
        return stop.aborted ? 130 : (await runPlaywright(stop)) || (await runFsck(stop))
      } finally {
        await stripeWeb.stop()
      }
    } finally {
      await mall.stop()
    }
  } finally {
    await stopChild(double)
  }
}

/** Stripe, as the tests have it: a process of its own, like the real one. */
function openStripeDouble(port: number, webhookUrl: string, dataDir: string) {
  const env = {
    ...process.env,
    STRIPE_DOUBLE_PORT: String(port),
    STRIPE_DOUBLE_WEBHOOK_URL: webhookUrl,
    STRIPE_DOUBLE_WEBHOOK_SECRET: STRIPE_WEBHOOK_SECRET,
    STRIPE_DOUBLE_API_KEY: STRIPE_KEY,
  }
  const args = ['--import', 'tsx', 'tests/support/stripe-double/serve.ts']
  return startChild('stripe-double', args, env, path.resolve(dataDir, 'log'), false)
}

function runPlaywright(stop: AbortSignal): Promise<number> {
  return run(['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)], stop)
}

/** Whatever the browsers did to this mall, its books must hold. */
function runFsck(stop: AbortSignal): Promise<number> {
  return run(['--import', 'tsx', 'lib/cli/fsck.ts'], stop)
}

function run(args: string[], stop: AbortSignal): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', detached: process.platform !== 'win32' })
  stop.addEventListener('abort', () => signalGroup(child, 'SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
