import { type Sql, type Tx, sql } from '@/lib/domain/tx'
import { NOTIFICATION_KINDS, type NotificationData, type NotificationKind } from './kinds'

/** What is told. `dedupeKey` says what it tells once to each reader, within its kind: the order's id, `<variant>:<day>`. */
export type Note = {
  [Kind in NotificationKind]: {
    readonly kind: Kind
    readonly dedupeKey: string
    readonly data: NotificationData<Kind>
  }
}[NotificationKind]

/** Somebody with an account, in the language of it, or an address and its language. */
export type Reader = { readonly userId: string } | { readonly email: string; readonly locale: string }

/**
 * Tells one reader, in the transaction of what is told: in the app, if they have an account, and by e-mail, sent afterwards by the
 * worker. One statement. Told again under the same key: nothing. Says whether it was news.
 */
export async function notify(tx: Tx, { to, ...note }: Note & { readonly to: Reader }, now: Date): Promise<boolean> {
  const reader =
    'userId' in to
      ? sql`SELECT id AS "userId", email, locale FROM "user" WHERE id = ${to.userId}::uuid`
      : sql`SELECT NULL::uuid AS "userId", ${to.email}::text AS email, ${to.locale}::text AS locale`
  return (await tellEach(tx, reader, note, now)) > 0
}

/** Tells every user of a merchant, as `notify`; says to how many it was news. */
export async function notifyMerchant(tx: Tx, merchantId: string, note: Note, now: Date): Promise<number> {
  return tellEach(
    tx,
    sql`SELECT id AS "userId", email, locale FROM "user" WHERE "merchantId" = ${merchantId}::uuid`,
    note,
    now,
  )
}

/** Tells the buyer of an order or checkout, as `notify`: the account, or the guest's address, in the language they bought in. */
export async function notifyBuyer(
  tx: Tx,
  of: { readonly orderId: string } | { readonly checkoutId: string },
  note: Note,
  now: Date,
): Promise<boolean> {
  return (await tx.$executeRaw(buyerNote(of, note, now))) > 0
}

/** `notifyBuyer` as SQL, for verbs that have no statement to spare: to stand in a WITH of another one. */
export function buyerNote(
  of: { readonly orderId: string } | { readonly checkoutId: string },
  note: Note,
  now: Date,
): Sql {
  const checkout =
    'orderId' in of
      ? sql`(SELECT "checkoutId" FROM "order" WHERE id = ${of.orderId}::uuid)`
      : sql`${of.checkoutId}::uuid`
  return insertion(sql`SELECT "buyerId" AS "userId", email, locale FROM checkout WHERE id = ${checkout}`, note, now)
}

async function tellEach(tx: Tx, readers: Sql, note: Note, now: Date): Promise<number> {
  return tx.$executeRaw(insertion(readers, note, now))
}

function insertion(readers: Sql, { kind, dedupeKey, data }: Note, now: Date): Sql {
  const checked = JSON.stringify(NOTIFICATION_KINDS[kind].data.parse(data))
  return sql`
    INSERT INTO notification (id, "dedupeKey", kind, "userId", email, locale, data, "createdAt", "dueAt")
    SELECT gen_random_uuid(), ${`${kind}:${dedupeKey}:`}::text || COALESCE(r."userId"::text, r.email), ${kind}, r."userId", r.email, r.locale,
           ${checked}::jsonb, ${now}, ${now}
    FROM (${readers}) AS r ON CONFLICT DO NOTHING`
}
