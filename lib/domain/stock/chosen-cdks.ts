import { z } from 'zod'
import { type Sql, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import type { CdkState } from '@/lib/infra/prisma/enums'
import { DAY_MS, after } from '@/lib/kernel/time'

/** `short`: still works, but has less validity left than is promised; it is not sold any more. */
export const EXPIRIES = ['expired', 'short', 'in-7-days', 'in-30-days'] as const
export type Expiry = (typeof EXPIRIES)[number]

/** Which of a merchant's CDKs; what is absent does not matter. */
export interface CdkFilter {
  readonly productId?: string | undefined
  readonly variantId?: string | undefined
  readonly batchId?: string | undefined
  readonly state?: CdkState | undefined
  readonly expiry?: Expiry | undefined
  /** Text in the merchant's note, case aside. */
  readonly note?: string | undefined
}

/** CDKs one by one, or all that a filter finds. */
export type ChosenCdks = { readonly ids: readonly string[] } | { readonly filter: CdkFilter }

/** CDKs of one transaction. A verb on chosen CDKs takes so many at most and says where the next part begins. */
export const CDKS_PER_PART = 5_000

export interface ChosenPart {
  readonly merchantId: string
  readonly chosen: ChosenCdks
  /** Id behind which to go on. */
  readonly after?: string | null | undefined
}

export interface ChangedPart {
  readonly count: number
  /** Behind which the next part begins; null when this was the last. */
  readonly last: string | null
}

/** Conditions on `c`, the CDK, that make up a filter. */
export function filterCdks(merchantId: string, filter: CdkFilter, now: Date): Sql {
  const { productId, variantId, batchId, state, expiry, note } = filter
  const all = [sql`c."merchantId" = ${merchantId}::uuid`]
  if (batchId) all.push(sql`c."batchId" = ${batchId}::uuid`)
  if (variantId) all.push(sql`c."variantId" = ${variantId}::uuid`)
  if (productId) {
    all.push(sql`c."variantId" IN (
      SELECT id FROM variant WHERE "merchantId" = ${merchantId}::uuid AND "productId" = ${productId}::uuid)`)
  }
  if (state) all.push(sql`c.state = ${state}::"CdkState"`)
  if (expiry) all.push(expiring(expiry, now))
  if (note) all.push(sql`c.note ILIKE ${`%${note.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`)
  return join(all, ' AND ')
}

/** Condition on `c`, the CDK. */
export function expiring(expiry: Expiry, now: Date): Sql {
  const between = (days: number) =>
    sql`c."expiresAt" > ${now}::timestamptz AND c."expiresAt" <= ${after(now, days * DAY_MS)}::timestamptz`
  switch (expiry) {
    case 'expired':
      return sql`c."expiresAt" <= ${now}::timestamptz`
    case 'short':
      return sql`c."expiresAt" > ${now}::timestamptz AND c."sellBy" <= ${now}::timestamptz`
    case 'in-7-days':
      return between(7)
    case 'in-30-days':
      return between(30)
  }
}

/** Ids of the next chosen CDKs that are as `wanted` says, in order. Locks nothing: the verb's own guard decides. */
export async function nextChosen(
  tx: Tx,
  { merchantId, chosen, after: behind }: ChosenPart,
  wanted: Sql,
  now: Date,
  most = CDKS_PER_PART,
): Promise<readonly string[]> {
  const which =
    'ids' in chosen
      ? sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${[...chosen.ids]}::uuid[])`
      : filterCdks(merchantId, chosen.filter, now)
  const rows = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      SELECT c.id FROM cdk c WHERE ${which} AND ${wanted} ${behind ? sql`AND c.id > ${behind}::uuid` : sql``}
      ORDER BY c.id LIMIT ${most}`,
  )
  return rows.map(({ id }) => id)
}

/** What a verb answers for a part of which it changed `count`. */
export function partDone(ids: readonly string[], count: number, most = CDKS_PER_PART): ChangedPart {
  return { count, last: ids.length === most ? (ids.at(-1) ?? null) : null }
}
