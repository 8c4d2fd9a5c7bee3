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
  `(SELECT id FROM ledger_account WHERE kind = '${kind}' AND currency = 'CNY' ${more} ORDER BY id LIMIT 1)`
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

/** An account without a running balance, whose sum nothing else depends on. */
const FUND = account('PROTECTION_FUND')

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
      VALUES (gen_random_uuid(), gen_random_uuid(), 'damage', 'damage', gen_random_uuid(), ${FUND}, 'CNY', 1, now())`),
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
      `UPDATE ledger_balance SET "creditsMinor" = "creditsMinor" + 5, "debitsMinor" = "debitsMinor" + 5 WHERE "accountId" = ${account('MERCHANT_PENDING')}`,
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
      await move(account('MERCHANT_DEPOSIT'), FUND, '900000000')(client)
    },
  },
  {
    what: 'an escrow that pays before the buyer confirmed',
    fails: ['escrow/holds-the-total'],
    inflict: move(escrowOf('DELIVERED'), FUND, '1'),
  },
  {
    what: 'money left in the escrow of a confirmed order',
    fails: ['escrow/empty-otherwise'],
    inflict: move(FUND, escrowOf('CONFIRMED'), '1'),
  },
  {
    what: 'a released order without the fee',
    fails: ['escrow/released-in-full'],
    inflict: sql(
      `UPDATE ledger_transfer SET "orderId" = NULL WHERE "orderId" = ${order('CONFIRMED')} AND code = 'fee'`,
    ),
  },
  { what: 'money left in suspense', fails: ['suspense/empty'], inflict: move(FUND, account('SUSPENSE'), '1') },
  {
    what: 'money in transit to nobody',
    fails: ['refunds/in-transit'],
    inflict: move(FUND, account('REFUND_IN_TRANSIT'), '1'),
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
    fails: ['payments/applied', 'payments/unserved-returned'],
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
    what: 'a running balance that is kept from the wrong side',
    fails: ['ledger/rules'],
    inflict: async (client) => {
      await client.query('ALTER TABLE ledger_balance DROP CONSTRAINT ledger_balance_not_negative')
      await sql(`UPDATE ledger_balance SET rule = 'DEBIT' WHERE "accountId" = ${account('MERCHANT_DEPOSIT')}`)(client)
    },
  },
  {
    what: 'an order that counts a refund which nobody decided',
    fails: ['refunds/of-orders', 'fees/earned'],
    inflict: sql(`
      UPDATE "order" SET "refundedMinor" = "refundedMinor" + 1 WHERE id = (
        SELECT id FROM "order" WHERE status = 'CONFIRMED' AND "promoMinor" = 0 AND "refundedMinor" < "totalMinor" - 1 ORDER BY id LIMIT 1)`),
  },
  {
    what: 'a decision whose wallet was never filled',
    fails: ['refunds/legs'],
    inflict: sql(`
      UPDATE refund SET "orderRefundId" = NULL WHERE id = (
        SELECT id FROM refund WHERE method = 'WALLET' AND "paymentId" IS NULL AND "orderRefundId" IS NOT NULL ORDER BY id LIMIT 1)`),
  },
  {
    what: 'money of a paid order that went back without a decision',
    fails: ['payments/unserved-returned', 'refunds/legs'],
    inflict: sql(`
      UPDATE refund SET "orderRefundId" = NULL WHERE id = (
        SELECT id FROM refund WHERE method = 'PROVIDER' AND "orderRefundId" IS NOT NULL ORDER BY id LIMIT 1)`),
  },
  {
    what: 'a payment that counts more as sent back than was',
    fails: ['payments/refunded'],
    inflict: sql(`
      UPDATE payment SET "refundedMinor" = "refundedMinor" + 1 WHERE id = (
        SELECT id FROM payment WHERE use = 'APPLIED' AND "refundedMinor" < "amountMinor" ORDER BY id LIMIT 1)`),
  },
  {
    what: 'a merchant who owes what no refund cost',
    fails: ['refunds/fund-owed'],
    inflict: move(account('MERCHANT_RECEIVABLE'), FUND, '1'),
  },
  {
    what: 'money in transit to no merchant',
    fails: ['payouts/in-transit'],
    inflict: move(FUND, account('PAYOUT_IN_TRANSIT'), '1'),
  },
  {
    what: 'a claim for more than is disputed',
    fails: ['disputes/held'],
    inflict: move(account('DISPUTED'), FUND, '1'),
  },
  {
    what: 'a frozen order that nobody disputes',
    fails: ['disputes/freeze'],
    inflict: sql(`
      UPDATE "order" SET "frozenAt" = now() WHERE id = (
        SELECT id FROM "order" WHERE status = 'CONFIRMED' AND "frozenAt" IS NULL ORDER BY id LIMIT 1)`),
  },
  {
    what: 'a coupon that counts a use which nobody has',
    fails: ['coupons/counted'],
    inflict: sql(`
      UPDATE coupon SET "usedCount" = "usedCount" + 1 WHERE id = (
        SELECT id FROM coupon WHERE "totalLimit" IS NULL OR "usedCount" < "totalLimit" ORDER BY id LIMIT 1)`),
  },
  {
    what: 'a coupon that took off more than its orders cost less',
    fails: ['coupons/discounts'],
    inflict: sql(
      `UPDATE coupon_use SET "discountMinor" = "discountMinor" + 1 WHERE "checkoutId" = (SELECT "checkoutId" FROM coupon_use ORDER BY 1 LIMIT 1)`,
    ),
  },
  {
    what: 'an earning that forgot some of what is pending',
    fails: ['earnings/pending'],
    inflict: sql(`
      UPDATE earning SET "pendingMinor" = "pendingMinor" - 1 WHERE "orderId" = (
        SELECT "orderId" FROM earning WHERE "pendingMinor" > 0 ORDER BY 1 LIMIT 1)`),
  },
  {
    what: 'a fee that no order was charged',
    fails: ['fees/earned'],
    inflict: move(FUND, account('PLATFORM_FEE'), '1'),
  },
  {
    what: 'a promotion that paid for no order',
    fails: ['promotions/expressed'],
    inflict: move(account('PROMO_EXPENSE'), FUND, '1'),
  },
  {
    what: 'a line of the provider that nothing of ours explains',
    fails: ['reconciliation/lines-matched'],
    inflict: sql(`
      INSERT INTO provider_line (id, provider, "movementRef", kind, "sourceRef", "amountMinor", "feeMinor", currency, at, "seenAt")
      VALUES (gen_random_uuid(), 'sandbox', 'damage', 'other', 'damage', 5, 0, 'CNY', '2026-01-01', '2026-01-01')`),
  },
  {
    what: 'a movement of ours that the provider does not list',
    fails: ['reconciliation/transactions-listed'],
    inflict: sql(
      `DELETE FROM provider_line WHERE id = (SELECT id FROM provider_line WHERE "transactionId" IS NOT NULL ORDER BY at LIMIT 1)`,
    ),
  },
  {
    what: 'a delivered order that lost a CDK',
    fails: ['stock/delivered-exactly', 'provenance/states'],
    inflict: sql(
      `UPDATE cdk SET state = 'RETIRED' WHERE id = (SELECT id FROM cdk WHERE "orderId" = ${order('DELIVERED')} LIMIT 1)`,
    ),
  },
  {
    what: 'an unpaid order that lost a CDK',
    fails: ['stock/reserved-exactly', 'provenance/states'],
    inflict: sql(
      `UPDATE cdk SET state = 'AVAILABLE', "orderId" = NULL WHERE id = (SELECT id FROM cdk WHERE "orderId" = ${order('AWAITING_PAYMENT')} LIMIT 1)`,
    ),
  },
  {
    what: 'an expired order that kept a CDK',
    fails: ['stock/given-back', 'provenance/states'],
    inflict: sql(
      `UPDATE cdk SET state = 'DELIVERED', "deliveredAt" = now(), "orderId" = ${order('EXPIRED')} WHERE id = ${spare('EXPIRED')}`,
    ),
  },
  {
    what: 'a refunded order that kept a delivered CDK',
    fails: ['stock/given-back', 'provenance/states'],
    inflict: sql(
      `UPDATE cdk SET state = 'DELIVERED', "deliveredAt" = now(), "orderId" = ${order('REFUNDED')} WHERE id = ${spare('REFUNDED')}`,
    ),
  },
  {
    what: 'a CDK reserved for a confirmed order',
    fails: ['stock/reserved-for-unpaid', 'provenance/states'],
    inflict: sql(
      `UPDATE cdk SET state = 'RESERVED', "orderId" = ${order('CONFIRMED')} WHERE id = ${spare('CONFIRMED')}`,
    ),
  },
  {
    what: 'a batch brought by hand that is on sale',
    fails: ['stock/by-hand'],
    inflict: sql(
      `UPDATE stock_batch SET "retiredAt" = NULL WHERE id = (SELECT id FROM stock_batch WHERE kind = 'HAND_DELIVERY' LIMIT 1)`,
    ),
  },
  {
    what: 'a penalty that no order was ended with',
    fails: ['penalties/late-delivery'],
    inflict: sql(`UPDATE order_event SET data = data - 'penaltyMinor' WHERE type = 'fail-delivery'`),
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
    fails: ['stock/batches-counted', 'provenance/heads'],
    inflict: sql(`DELETE FROM cdk WHERE id = (SELECT id FROM cdk WHERE state = 'AVAILABLE' LIMIT 1)`),
  },
  {
    what: 'a CDK that is sold longer than was promised',
    fails: ['stock/sell-by'],
    inflict: sql(
      `UPDATE cdk SET "sellBy" = "sellBy" - interval '1 day' WHERE id = (SELECT id FROM cdk WHERE state = 'AVAILABLE' LIMIT 1)`,
    ),
  },
  {
    what: 'an exported CDK that is on sale',
    fails: ['stock/exported'],
    inflict: sql(`INSERT INTO stock_export_unit ("cdkId", "merchantId", "exportId", mark)
      SELECT id, "merchantId", gen_random_uuid(), 'DAMAGE' FROM cdk WHERE state = 'AVAILABLE' LIMIT 1`),
  },
  {
    what: 'cut fingerprints',
    fails: ['stock/fingerprints', 'stock/opens'],
    inflict: sql(`UPDATE cdk SET fingerprint = substring(fingerprint FROM 1 FOR 31)`),
  },
  {
    what: 'a lost data key of a batch',
    fails: ['stock/keys-open', 'stock/opens'],
    inflict: sql(`UPDATE stock_batch SET "wrappedKey" = set_bit("wrappedKey", 250, 1 - get_bit("wrappedKey", 250))
      WHERE id = (SELECT "batchId" FROM cdk GROUP BY 1 ORDER BY count(*) LIMIT 1)`),
  },
  {
    what: 'a key under a master key that is not here',
    fails: ['stock/keys-open', 'stock/opens'],
    inflict: sql(
      `UPDATE stock_batch SET "masterKeyVersion" = 7 WHERE id = (SELECT "batchId" FROM cdk GROUP BY 1 ORDER BY count(*) LIMIT 1)`,
    ),
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
      WHERE r.id::text = (SELECT "providerRef" FROM refund WHERE status = 'SUCCEEDED' AND "paymentId" IS NOT NULL ORDER BY id LIMIT 1)`),
  },
  {
    what: 'money in our books that the bank never took',
    fails: ['bank/books-agree'],
    inflict: move(account('PROVIDER_CLEARING', `AND "ownerKey" = 'sandbox'`), FUND, '1'),
  },
  {
    what: 'a movement at the bank that we never heard of',
    fails: ['bank/news-heard'],
    inflict: sql(`
      INSERT INTO bank_movement (id, kind, "sourceId", "amountMinor", currency, at)
      SELECT id, 'other', id, 5, 'CNY', '2026-01-01' FROM (SELECT gen_random_uuid() AS id) AS made`),
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
