import { sql } from '@/lib/domain/tx'
import { type Invariant, bySql } from './invariant'

const CHECKOUTS = sql`SELECT count(*) FROM checkout`

export const PAYMENTS: readonly Invariant[] = [
  bySql({
    name: 'checkouts/total',
    says: 'every checkout asks for exactly what its orders cost',
    unit: 'checkouts',
    of: CHECKOUTS,
    offenders: () => sql`
      SELECT c.id::text AS id FROM checkout c LEFT JOIN "order" o ON o."checkoutId" = c.id
      GROUP BY c.id HAVING c."totalMinor" <> COALESCE(sum(o."totalMinor"), 0)`,
  }),
  bySql({
    name: 'checkouts/served',
    says: 'a checkout is paid exactly when its orders were delivered, confirmed or refunded',
    unit: 'checkouts',
    of: CHECKOUTS,
    offenders: () => sql`
      SELECT DISTINCT c.id::text AS id FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
      WHERE (c."paidPaymentId" IS NOT NULL) <> (o.status IN ('DELIVERED', 'CONFIRMED', 'REFUNDED'))`,
  }),
  bySql({
    name: 'payments/applied',
    says: 'every applied payment is the one that its checkout took, of exactly its amount and currency',
    unit: 'applied payments',
    of: sql`SELECT count(*) FROM payment WHERE use = 'APPLIED'`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM payment p LEFT JOIN checkout c ON c.id = p."checkoutId"
      WHERE p.use = 'APPLIED' AND (c."paidPaymentId" IS DISTINCT FROM p.id OR c."totalMinor" <> p."amountMinor" OR c.currency <> p.currency)`,
  }),
  bySql({
    name: 'payments/others-returned',
    says: 'every duplicate or stray payment has exactly one refund, of all of it',
    unit: 'duplicate and stray payments',
    of: sql`SELECT count(*) FROM payment WHERE use <> 'APPLIED'`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM payment p LEFT JOIN refund r ON r."paymentId" = p.id AND r.currency = p.currency
      WHERE p.use <> 'APPLIED' GROUP BY p.id
      HAVING count(r.id) <> 1 OR min(r."amountMinor") <> p."amountMinor"`,
  }),
  bySql({
    name: 'refunds/of-orders',
    says: 'an applied payment went back in full exactly when its order is refunded',
    unit: 'applied payments',
    of: sql`SELECT count(*) FROM payment WHERE use = 'APPLIED'`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM payment p
      JOIN checkout c ON c."paidPaymentId" = p.id JOIN "order" o ON o."checkoutId" = c.id
      LEFT JOIN refund r ON r."paymentId" = p.id
      WHERE p.use = 'APPLIED' AND ((o.status = 'REFUNDED') <> (r.id IS NOT NULL) OR r."amountMinor" <> p."amountMinor")`,
  }),
]
