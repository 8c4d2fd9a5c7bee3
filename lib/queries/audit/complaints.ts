import { sql } from '@/lib/domain/tx'
import { walkChains } from './case-chains'
import { type Invariant, bySql } from './invariant'

const UNITS = sql`SELECT count(*) FROM complaint_unit`

/** What complaints did to orders, CDKs and money, and whether their records still are what they were. */
export const COMPLAINTS: readonly Invariant[] = [
  bySql({
    name: 'complaints/hold',
    says: 'an order is kept from release exactly while a complaint holds it, with its earning, and its clock stands still',
    unit: 'orders with complaints',
    of: sql`SELECT count(DISTINCT "orderId") FROM complaint`,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o LEFT JOIN earning e ON e."orderId" = o.id
      WHERE (o."complainedAt" IS NOT NULL) <> EXISTS (SELECT FROM complaint c WHERE c."orderId" = o.id AND c.holds)
         OR (o."complainedAt" IS NOT NULL AND (o."dueAt" IS NOT NULL OR (e."orderId" IS NOT NULL AND e."maturedAt" IS NULL AND e."heldAt" IS NULL)))
         OR (o."complainedAt" IS NULL AND o."frozenAt" IS NULL AND e."heldAt" IS NOT NULL AND e."maturedAt" IS NULL)`,
  }),
  bySql({
    name: 'complaints/no-release',
    says: 'no order was released while a complaint held it',
    unit: 'releases',
    of: sql`SELECT count(*) FROM ledger_transfer WHERE code = 'release'`,
    offenders: () => sql`
      SELECT DISTINCT e.id::text AS id FROM order_event e
      WHERE e.type IN ('confirm', 'auto-confirm')
        AND (SELECT l.type FROM order_event l WHERE l."orderId" = e."orderId" AND l.type IN ('complain', 'complaint-over')
               AND (l.at, l.id) < (e.at, e.id) ORDER BY l.at DESC, l.id DESC LIMIT 1) = 'complain'
      UNION
      SELECT c.id::text FROM ledger_transfer t JOIN complaint c ON c."orderId" = t."orderId"
      WHERE t.code = 'release' AND NOT c."afterRelease" AND c.holds AND t.at > c."openedAt"`,
  }),
  bySql({
    name: 'complaints/units',
    says: 'the CDKs of a complaint are open exactly while it is, and a complaint about CDKs has some',
    unit: 'complained CDKs',
    of: UNITS,
    offenders: () => sql`
      SELECT u."cdkId"::text AS id FROM complaint_unit u JOIN complaint c ON c.id = u."complaintId"
      WHERE u.open <> (c.state <> 'CLOSED')
      UNION ALL
      SELECT c.id::text FROM complaint c
      WHERE (c.failure IN ('DUPLICATE_CHARGE', 'OVERCHARGED')) = EXISTS (SELECT FROM complaint_unit u WHERE u."complaintId" = c.id)`,
  }),
  bySql({
    name: 'complaints/executed',
    says: 'every CDK found for the buyer was refunded, or replaced by one that the order was given, and never both',
    unit: 'complained CDKs',
    of: UNITS,
    offenders: () => sql`
      SELECT u."cdkId"::text AS id FROM complaint_unit u JOIN complaint c ON c.id = u."complaintId"
      JOIN "order" o ON o.id = c."orderId" LEFT JOIN refund_unit r ON r."orderId" = c."orderId" AND r."cdkId" = u."cdkId"
      -- What went back as a whole, or by a chargeback, names no CDK.
      WHERE (u.result = 'REFUNDED' AND r."cdkId" IS NULL AND o.status <> 'REFUNDED')
         OR (u.result = 'REPLACED' AND (
              r."cdkId" IS NOT NULL
              OR (SELECT count(*) FROM cdk_event v WHERE v."cdkId" = u."cdkId" AND v.type = 'replaced'
                    AND v.details->>'orderId' = c."orderId"::text AND v.details->>'by' = u."replacementId"::text) <> 1
              OR NOT EXISTS (SELECT FROM cdk_event v WHERE v."cdkId" = u."replacementId" AND v.type = 'delivered' AND v.details->>'orderId' = c."orderId"::text)))`,
  }),
  bySql({
    name: 'complaints/ruled-once',
    says: 'what the last ruling of a closed case found is what came of each CDK, and every remedy stands in the books once',
    unit: 'rulings',
    of: sql`SELECT count(*) FROM ruling`,
    offenders: () => sql`
      SELECT DISTINCT x.id FROM (
        -- What was found for the buyer stays with him, even when an appeal found otherwise: the protection fund pays then.
        SELECT c.id::text AS id FROM ruling r JOIN complaint c ON c.id = r."complaintId"
        CROSS JOIN LATERAL jsonb_to_recordset(r.units) AS f("cdkId" uuid, result text)
        LEFT JOIN complaint_unit u ON u."complaintId" = c.id AND u."cdkId" = f."cdkId"
        WHERE u."cdkId" IS NULL
           OR (f.result IN ('REFUNDED', 'REPLACED') AND u.result::text IS DISTINCT FROM 'REFUNDED' AND u.result::text IS DISTINCT FROM 'REPLACED')
        UNION ALL
        SELECT c.id::text FROM complaint c JOIN ruling r ON r."complaintId" = c.id
        WHERE (r.appeal AND c."appealedAt" IS NULL) OR c."ruledAt" IS NULL
        UNION ALL
        SELECT e."complaintId"::text FROM case_entry e JOIN complaint c ON c.id = e."complaintId"
        WHERE e.type = 'remedied' GROUP BY e."complaintId", c."orderId"
        HAVING sum(COALESCE((e.body->>'refundedMinor')::bigint, 0) + COALESCE((e.body->>'compensationMinor')::bigint, 0)) >
               COALESCE((SELECT sum(o."amountMinor") FROM order_refund o WHERE o."orderId" = c."orderId" AND o.reason LIKE 'complaint-%'), 0)
      ) AS x`,
  }),
  bySql({
    name: 'complaints/in-the-log',
    says: 'the history of every CDK that was complained of names the complaint',
    unit: 'complained CDKs',
    of: UNITS,
    offenders: () => sql`
      SELECT u."cdkId"::text AS id FROM complaint_unit u
      WHERE NOT EXISTS (SELECT FROM cdk_event v WHERE v."cdkId" = u."cdkId" AND v.type = 'complained' AND v.details->>'complaintId' = u."complaintId"::text)`,
  }),
  bySql({
    name: 'complaints/penalties',
    says: 'every penalty of the public list was taken once from its merchant, and given back exactly when it says so',
    unit: 'penalties',
    of: sql`SELECT count(*) FROM penalty`,
    offenders: () => sql`
      SELECT COALESCE(p.id::text, t.of) AS id
      FROM penalty p
      FULL JOIN (
        SELECT split_part(x."idempotencyKey", ':', 2) AS of, min(x."merchantId"::text) AS "merchantId",
               sum(x."amountMinor") FILTER (WHERE x.code = 'penalty') AS taken,
               sum(x."amountMinor") FILTER (WHERE x.code = 'penalty-returned') AS returned,
               bool_and(d.kind = CASE x.code WHEN 'penalty' THEN 'MERCHANT_DEPOSIT' ELSE 'PROTECTION_FUND' END::"AccountKind") AS sound
        FROM ledger_transfer x JOIN ledger_account d ON d.id = x."debitId"
        WHERE x.code IN ('penalty', 'penalty-returned') AND x."idempotencyKey" LIKE 'penalty:%' GROUP BY 1
      ) AS t ON t.of = p.id::text
      -- Those of before there was a list were written into it under new ids.
      WHERE p.id IS NULL
         OR ((t.of IS NOT NULL OR p."complaintId" IS NOT NULL) AND (
              COALESCE(t.taken, 0) <> p."takenMinor" OR t.sound IS FALSE OR t."merchantId" <> p."merchantId"::text
              OR COALESCE(t.returned, 0) <> CASE WHEN p."returnedAt" IS NULL THEN 0 ELSE p."takenMinor" END))`,
  }),
  bySql({
    name: 'complaints/evidence-whole',
    says: 'the parts of every finished file follow each other without gaps to its whole length, and the case took its hash in',
    unit: 'finished files',
    of: sql`SELECT count(*) FROM evidence_file WHERE state = 'READY'`,
    offenders: () => sql`
      SELECT f.id::text AS id FROM evidence_file f
      LEFT JOIN LATERAL (
        SELECT sum(p."byteCount") AS bytes, bool_and(p."offset" = p.before) AS follow FROM (
          SELECT "byteCount", "offset", COALESCE(sum("byteCount") OVER (ORDER BY "offset" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
          FROM evidence_part WHERE "fileId" = f.id) AS p) AS parts ON TRUE
      WHERE f.state = 'READY' AND (COALESCE(parts.bytes, 0) <> f."byteCount" OR parts.follow IS NOT TRUE
        OR NOT EXISTS (SELECT FROM case_entry e WHERE e."complaintId" = f."complaintId" AND e.type = 'evidence'
                         AND e.body->>'fileId' = f.id::text AND e.body->>'sha256' = encode(f.sha256, 'hex')))`,
  }),
  {
    name: 'complaints/chains',
    says: 'what was said and done in every case is an unbroken chain of hashes that ends where the case says',
    severity: 'error',
    check: walkChains,
  },
]
