import { randomBytes } from 'node:crypto'
import { type Sql, type Tx, empty, sql } from '@/lib/domain/tx'
import { canonicalJson } from '@/lib/kernel/canonical-json'
import { type Happening, pseudonymOf } from './cdk-event-of'

export interface CdkChange {
  /** Assignments on `c`, the CDK. */
  readonly set?: Sql
  /** Tables joined to it. */
  readonly from?: Sql
  readonly where: Sql
}

/**
 * Changes CDKs and writes the event of each in the same statement; says how many. The hash before, the number and the time
 * are taken from the row that is being updated, so whoever waited for the row's lock goes on from the event that the
 * other wrote. Salts are made of random bytes that are forgotten, so each is secret by itself. `set` must not touch the id.
 */
export async function changeCdks(tx: Tx, { set, from, where }: CdkChange, happening: Happening): Promise<number> {
  const { type, actor, scopeId, details, now } = happening
  const seed = randomBytes(32)
  const [by, facts] = [pseudonymOf(actor, scopeId), canonicalJson(details)]
  const at = sql`GREATEST(c."eventAt", ${now}::timestamptz)`
  const salt = (id: Sql) => sql`sha256(${seed}::bytea || uuid_send(${id}))`
  const commitment = (id: Sql) => sql`cdk_commitment(${salt(id)}, ${facts}::text)`
  const cdk = sql`c.id`
  return tx.$executeRaw(sql`
    WITH changed AS (
      UPDATE cdk c SET ${set ? sql`${set},` : empty}
        "eventSeq" = c."eventSeq" + 1,
        "eventAt" = ${at},
        "eventHash" = cdk_event_hash(${by}::text, ${at}, c.id, ${commitment(cdk)}, c."merchantId", c."eventHash", c."eventSeq" + 1, ${type}::text)
      ${from ? sql`FROM ${from}` : empty}
      WHERE ${where}
      RETURNING c.id, c."merchantId", c."eventSeq", c."eventAt", c."eventHash"
    )
    INSERT INTO cdk_event ("merchantId", "cdkId", seq, type, at, "actorPseudonym", commitment, salt, details, hash)
    SELECT c."merchantId", c.id, c."eventSeq", ${type}::text, c."eventAt", ${by}::text, ${commitment(cdk)}, ${salt(cdk)}, ${facts}::jsonb, c."eventHash"
    FROM changed c`)
}
