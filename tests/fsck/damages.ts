import type { Client } from 'pg'

/** One way to damage a sound mall, and everything that an audit must then complain of. */
export interface Damage {
  readonly what: string
  /** The first is the invariant at hand; the others cannot but fail with it. */
  readonly fails: readonly string[]
  readonly inflict: (client: Client) => Promise<unknown>
}

const order = (status: string) => `(SELECT id FROM "order" WHERE status = '${status}' ORDER BY id LIMIT 1)`
const account = (kind: string, more = '') =>
  `(SELECT id FROM ledger_account WHERE kind = '${kind}' ${more} ORDER BY id LIMIT 1)`
const escrowOf = (status: string) => account('ESCROW', `AND "ownerKey" = ${order(status)}::text`)
/** An available CDK of what the first order of a status bought. */
const spare = (status: string) =>
  `(SELECT id FROM cdk WHERE state = 'AVAILABLE' AND "variantId" = (SELECT "variantId" FROM "order" WHERE id = ${order(status)}) LIMIT 1)`

const sql =
  (...statements: string[]) =>
  async (client: Client) => {
    for (const statement of statements) {
      const { rowCount, command } = await client.query(statement)
      if (rowCount === 0) throw new Error(`${command} hit nothing: ${statement}`)
    }
  }

/** A posting that is sound as such: a transfer with its running balances. */
const move = (from: string, to: string, amount: string) =>
  sql(
    `INSERT INTO ledger_transfer (id, "transactionId", "idempotencyKey", code, "debitId", "creditId", currency, "amountMinor", at)
     VALUES (gen_random_uuid(), gen_random_uuid(), 'damage', 'damage', ${from}, ${to}, 'CNY', ${amount}, now())`,
    `WITH d AS (UPDATE ledger_balance SET "debitsMinor" = "debitsMinor" + ${amount} WHERE "accountId" = ${from}),
          c AS (UPDATE ledger_balance SET "creditsMinor" = "creditsMinor" + ${amount} WHERE "accountId" = ${to}) SELECT 1`,
  )

/** The owner of much pending money. */
const PENDING = account('MERCHANT_PENDING')

export const DAMAGES: readonly Damage[] = [
  {
    what: 'a transfer in a currency that its accounts have not',
    fails: ['ledger/transfers-sound'],
    inflict: sql(`UPDATE ledger_transfer SET currency = 'USD' WHERE id = (SELECT id FROM ledger_transfer LIMIT 1)`),
  },
  {
    what: 'a transfer out of an account that does not exist',
    fails: ['ledger/debits-equal-credits', 'ledger/transfers-sound'],
    inflict: sql(`
      INSERT INTO ledger_transfer (id, "transactionId", "idempotencyKey", code, "debitId", "creditId", currency, "amountMinor", at)
      VALUES (gen_random_uuid(), gen_random_uuid(), 'damage', 'damage', gen_random_uuid(), ${account('PLATFORM_FEE')}, 'CNY', 1, now())`),
  },
  {
    what: 'a running balance with money from nowhere',
    fails: ['ledger/debits-equal-credits', 'ledger/balances-follow'],
    inflict: sql(
      `UPDATE ledger_balance SET "creditsMinor" = "creditsMinor" + 1 WHERE "accountId" = ${account('MERCHANT_DEPOSIT')}`,
    ),
  },
  {
    what: 'a running balance that counts a posting twice',
    fails: ['ledger/balances-follow'],
    inflict: sql(
      `UPDATE ledger_balance SET "creditsMinor" = "creditsMinor" + 5, "debitsMinor" = "debitsMinor" + 5 WHERE "accountId" = ${PENDING}`,
    ),
  },
  {
    what: 'a guarded account without a running balance',
    fails: ['ledger/balances-kept'],
    inflict: sql(`DELETE FROM ledger_balance WHERE "accountId" = ${account('SUSPENSE')}`),
  },
  {
    what: 'a merchant who was paid more than it had',
    fails: ['ledger/never-negative'],
    inflict: async (client) => {
      await client.query('ALTER TABLE ledger_balance DROP CONSTRAINT ledger_balance_not_negative')
      await move(PENDING, account('PLATFORM_FEE'), '900000000')(client)
    },
  },
  {
    what: 'an escrow that pays before the buyer confirmed',
    fails: ['escrow/holds-the-total'],
    inflict: move(escrowOf('DELIVERED'), PENDING, '1'),
  },
  {
    what: 'money left in the escrow of a confirmed order',
    fails: ['escrow/empty-otherwise'],
    inflict: move(PENDING, escrowOf('CONFIRMED'), '1'),
  },
  {
    what: 'a released order without the fee',
    fails: ['escrow/released-in-full'],
    inflict: sql(
      `UPDATE ledger_transfer SET "orderId" = NULL WHERE "orderId" = ${order('CONFIRMED')} AND code = 'fee'`,
    ),
  },
  { what: 'money left in suspense', fails: ['suspense/empty'], inflict: move(PENDING, account('SUSPENSE'), '1') },
  {
    what: 'money in transit to nobody',
    fails: ['refunds/in-transit'],
    inflict: move(PENDING, account('REFUND_IN_TRANSIT'), '1'),
  },
  {
    what: 'a checkout that asks for more than its order costs',
    fails: ['checkouts/total'],
    inflict: sql(
      `UPDATE checkout SET "totalMinor" = "totalMinor" + 1 WHERE id = (SELECT "checkoutId" FROM "order" WHERE id = ${order('AWAITING_PAYMENT')})`,
    ),
  },
  {
    what: 'a paid checkout whose order expired',
    fails: ['checkouts/served'],
    inflict: sql(
      `UPDATE checkout SET "paidPaymentId" = gen_random_uuid() WHERE id = (SELECT "checkoutId" FROM "order" WHERE id = ${order('EXPIRED')})`,
    ),
  },
  {
    what: 'a second payment applied to one checkout',
    fails: ['payments/applied'],
    inflict: sql(
      `UPDATE payment SET use = 'APPLIED' WHERE id = (SELECT id FROM payment WHERE use = 'DUPLICATE' LIMIT 1)`,
    ),
  },
  {
    what: 'a stray payment that nobody refunds',
    fails: ['payments/others-returned'],
    inflict: sql(`
      UPDATE payment SET use = 'STRAY'
      WHERE id = (SELECT c."paidPaymentId" FROM checkout c JOIN "order" o ON o."checkoutId" = c.id WHERE o.id = ${order('CONFIRMED')})`),
  },
  {
    what: 'a refund of an order that the merchant was paid for',
    fails: ['refunds/of-orders'],
    inflict: async (client) => {
      await sql(`
        INSERT INTO refund (id, "paymentId", "merchantId", "orderId", "amountMinor", currency, reason, status, "dueAt", "createdAt")
        SELECT gen_random_uuid(), c."paidPaymentId", o."merchantId", o.id, o."totalMinor", o.currency, 'damage', 'PENDING', now(), now()
        FROM "order" o JOIN checkout c ON c.id = o."checkoutId" WHERE o.id = ${order('CONFIRMED')}`)(client)
      const owner = account('MERCHANT_DEPOSIT')
      await move(
        owner,
        account('REFUND_IN_TRANSIT'),
        `(SELECT "totalMinor" FROM "order" WHERE id = ${order('CONFIRMED')})`,
      )(client)
    },
  },
  {
    what: 'a delivered order that lost a CDK',
    fails: ['stock/delivered-exactly'],
    inflict: sql(
      `UPDATE cdk SET state = 'RETIRED' WHERE id = (SELECT id FROM cdk WHERE "orderId" = ${order('DELIVERED')} LIMIT 1)`,
    ),
  },
  {
    what: 'an unpaid order that lost a CDK',
    fails: ['stock/reserved-exactly'],
    inflict: sql(
      `UPDATE cdk SET state = 'AVAILABLE', "orderId" = NULL WHERE id = (SELECT id FROM cdk WHERE "orderId" = ${order('AWAITING_PAYMENT')} LIMIT 1)`,
    ),
  },
  {
    what: 'an expired order that kept a CDK',
    fails: ['stock/given-back'],
    inflict: sql(
      `UPDATE cdk SET state = 'DELIVERED', "deliveredAt" = now(), "orderId" = ${order('EXPIRED')} WHERE id = ${spare('EXPIRED')}`,
    ),
  },
  {
    what: 'a refunded order that kept a delivered CDK',
    fails: ['stock/given-back'],
    inflict: sql(
      `UPDATE cdk SET state = 'DELIVERED', "deliveredAt" = now(), "orderId" = ${order('REFUNDED')} WHERE id = ${spare('REFUNDED')}`,
    ),
  },
  {
    what: 'a CDK reserved for a confirmed order',
    fails: ['stock/reserved-for-unpaid'],
    inflict: sql(
      `UPDATE cdk SET state = 'RESERVED', "orderId" = ${order('CONFIRMED')} WHERE id = ${spare('CONFIRMED')}`,
    ),
  },
  {
    what: 'a delivered CDK of another variant',
    fails: ['stock/of-the-variant'],
    inflict: sql(`
      UPDATE cdk c SET "variantId" = (SELECT v.id FROM variant v WHERE v."merchantId" = c."merchantId" AND v.id <> c."variantId" LIMIT 1)
      WHERE c.id = (SELECT id FROM cdk WHERE "orderId" = ${order('DELIVERED')} LIMIT 1)`),
  },
  {
    what: 'a CDK that vanished',
    fails: ['stock/batches-counted'],
    inflict: sql(`DELETE FROM cdk WHERE id = (SELECT id FROM cdk WHERE state = 'AVAILABLE' LIMIT 1)`),
  },
  {
    what: 'cut fingerprints',
    fails: ['stock/fingerprints', 'stock/opens'],
    inflict: sql(`UPDATE cdk SET fingerprint = substring(fingerprint FROM 1 FOR 31)`),
  },
  {
    what: 'ciphertexts with one changed bit',
    fails: ['stock/opens'],
    inflict: sql(`UPDATE cdk SET ciphertext = set_bit(ciphertext, 250, 1 - get_bit(ciphertext, 250))`),
  },
  {
    what: 'fingerprints of other codes',
    fails: ['stock/opens'],
    inflict: sql(`UPDATE cdk SET fingerprint = sha256(fingerprint)`),
  },
  {
    what: 'an order that nobody delivered',
    fails: ['orders/history'],
    inflict: sql(`DELETE FROM order_event WHERE type = 'deliver' AND "orderId" = ${order('DELIVERED')}`),
  },
  {
    what: 'an order that nobody placed',
    fails: ['orders/history'],
    inflict: sql(`DELETE FROM order_event WHERE type = 'place' AND "orderId" = ${order('EXPIRED')}`),
  },
  {
    what: 'an order whose status no event explains',
    fails: ['orders/history'],
    inflict: sql(`UPDATE "order" SET status = 'CANCELLED' WHERE id = ${order('EXPIRED')}`),
  },
  {
    what: 'a merchant who confirmed for the buyer',
    fails: ['orders/actors'],
    inflict: sql(
      `UPDATE order_event SET "actorKind" = 'MERCHANT' WHERE id = (SELECT id FROM order_event WHERE type = 'confirm' LIMIT 1)`,
    ),
  },
  {
    what: 'a snapshot with a rewritten description',
    fails: ['orders/snapshot-hash'],
    inflict: sql(
      `UPDATE "order" SET snapshot = jsonb_set(snapshot, '{product,descriptionZh}', '"不退不换"') WHERE id = ${order('DELIVERED')}`,
    ),
  },
  {
    what: 'a fee that is not the one agreed on',
    fails: ['orders/snapshot-facts'],
    inflict: sql(`UPDATE "order" SET "feeMinor" = "feeMinor" + 1 WHERE id = ${order('EXPIRED')}`),
  },
  {
    what: 'an order that nobody expires',
    fails: ['orders/overdue'],
    inflict: sql(`UPDATE "order" SET "dueAt" = "dueAt" - interval '3 hours' WHERE id = ${order('AWAITING_PAYMENT')}`),
  },
  {
    what: 'a payment that the bank took for something else',
    fails: ['bank/payments-known'],
    inflict: sql(
      `UPDATE bank_payment SET reference = 'another' WHERE id = (SELECT "paymentId" FROM bank_capture LIMIT 1)`,
    ),
  },
  {
    what: 'a refund that the bank made of another capture',
    fails: ['bank/refunds-known'],
    inflict: sql(`
      UPDATE bank_refund r SET "captureId" = (SELECT c.id FROM bank_capture c WHERE c.id <> r."captureId" LIMIT 1)
      WHERE r.id = (SELECT id FROM bank_refund LIMIT 1)`),
  },
  {
    what: 'money in our books that the bank never took',
    fails: ['bank/books-agree'],
    inflict: move(account('PROVIDER_CLEARING', `AND "ownerKey" = 'sandbox'`), account('PLATFORM_FEE'), '1'),
  },
  {
    what: 'a capture that we never heard of',
    fails: ['bank/news-heard'],
    inflict: sql(`
      INSERT INTO bank_capture (id, "paymentId", seq, "amountMinor", currency, "capturedAt")
      SELECT gen_random_uuid(), id, 1, "amountMinor", currency, "createdAt" - interval '1 hour' FROM bank_payment WHERE status = 'OPEN' LIMIT 1`),
  },
  {
    what: 'a published product without its download address',
    fails: ['catalog/download-address'],
    inflict: async (client) => {
      await client.query('ALTER TABLE product DROP CONSTRAINT product_published_has_address')
      await sql(
        `UPDATE product SET "downloadUrl" = NULL WHERE id = (SELECT id FROM product WHERE "needsDownloadAddress" AND status = 'PUBLISHED' LIMIT 1)`,
      )(client)
    },
  },
  {
    what: 'an application that may rewrite the ledger',
    fails: ['installation/append-only'],
    inflict: (client) => client.query('GRANT UPDATE ON ledger_transfer TO keybond'),
  },
  {
    what: 'a migration that was not applied',
    fails: ['installation/migrations'],
    inflict: sql(
      `DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`,
    ),
  },
]
