import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { applyMigrations } from '@/lib/infra/migrate'
import { createDatabase, dropDatabase } from '@/lib/infra/throwaway-postgres'

/** What an installation of the release before has when it is started with this one. */
const server = inject('server')
const MONEY = /_money_that_cannot_get_lost$/u
let [root, name, url] = ['', '', '']
let client: Client

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'keybond-upgrade-'))
  name = `upgrade_${randomBytes(4).toString('hex')}`
  url = await createDatabase(server, name)
  const all = readdirSync('prisma/migrations').toSorted()
  const before = all.slice(
    0,
    all.findIndex((folder) => MONEY.test(folder)),
  )
  for (const folder of before)
    cpSync(path.join('prisma/migrations', folder), path.join(root, folder), { recursive: true })
  await applyMigrations(url, { schema: 'prisma/schema', migrations: root })
  client = new Client({ connectionString: url })
  await client.connect()
})

afterEach(async () => {
  await client.end()
  rmSync(root, { recursive: true, force: true })
  await dropDatabase(server.adminUrl, name)
})

test('a callback that was stored and never handled is handled after the upgrade; a forged one is not', async () => {
  const [believed, forged, paymentId, reference] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const body = JSON.stringify({ id: randomUUID(), type: 'payment.captured', data: { paymentId, reference } })
  await client.query(
    `INSERT INTO payment_event (id, provider, "eventRef", verdict, body, "receivedAt")
     VALUES ($1, 'sandbox', 'e1', 'RECEIVED', $3, now()), ($2, 'sandbox', NULL, 'RECEIVED', 'not JSON', now())`,
    [believed, forged, body],
  )
  await applyMigrations(url)
  const { rows } = await client.query(
    'SELECT id, verdict, reason, subject, "dueAt" = "receivedAt" AS due FROM payment_event ORDER BY "eventRef" NULLS LAST',
  )
  expect(rows).toEqual([
    {
      id: believed,
      verdict: 'RECEIVED',
      reason: null,
      due: true,
      subject: { kind: 'payment', providerRef: paymentId, reference },
    },
    { id: forged, verdict: 'REJECTED', reason: 'forged', subject: null, due: null },
  ])
})

test('a refund that the bank made and we never heard of is found again under its new key', async () => {
  const [payment, capture, refund, ours] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await client.query(
    `INSERT INTO bank_payment (id, "idempotencyKey", reference, description, "amountMinor", currency, "returnUrl", "notifyUrl", locale, status, faults, "createdAt", "paidAt")
     VALUES ($1, $2, 'r', 'd', 100, 'CNY', 'u', 'u', 'en', 'PAID', '{}', now(), now())`,
    [payment, `checkout:${randomUUID()}`],
  )
  await client.query(
    `INSERT INTO bank_capture (id, "paymentId", "amountMinor", currency, "capturedAt", "refundedMinor", seq) VALUES ($1, $2, 100, 'CNY', now(), 100, 1)`,
    [capture, payment],
  )
  await client.query(
    `INSERT INTO bank_refund (id, "idempotencyKey", "captureId", "amountMinor", "createdAt") VALUES ($1, $2, $3, 100, now())`,
    [refund, `refund:${ours}`, capture],
  )
  await applyMigrations(url)
  const { rows } = await client.query('SELECT "idempotencyKey" FROM bank_refund')
  expect(rows).toEqual([{ idempotencyKey: `refund:${ours}:0` }])
  const moved = await client.query('SELECT kind, "amountMinor" FROM bank_movement ORDER BY kind')
  expect(moved.rows).toEqual([
    { kind: 'capture', amountMinor: 100 },
    { kind: 'refund', amountMinor: -100 },
  ])
})
