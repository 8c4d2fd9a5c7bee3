import { z } from 'zod'
import { type Sql, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import { type AccountRef, GUARDED_KINDS, accountId } from './accounts'

/** One amount that moves from the debit account to the credit account. */
export interface TransferInput {
  /** One per fact: posting the same fact again fails on its unique index and rolls back. */
  readonly key: string
  readonly code: string
  readonly from: AccountRef
  readonly to: AccountRef
  readonly amountMinor: Minor
  readonly merchantId?: string
  readonly orderId?: string
}

/**
 * Posts transfers as one ledger transaction, in one statement: accounts that are missing are opened, guarded balances
 * follow. Transfers of nothing are left out; one between two currencies fails on the composite foreign key. A guarded balance that would go below zero fails on the CHECK
 * `ledger_balance_not_negative`, a fact posted before on `ledger_transfer_idempotencyKey_key`; both roll back.
 */
export async function postTransfers(tx: Tx, transfers: readonly TransferInput[], now: Date): Promise<void> {
  const moving = transfers.filter(({ amountMinor }) => amountMinor !== 0)
  if (moving.length === 0) return
  for (const { amountMinor, key } of moving) {
    invariant(Number.isSafeInteger(amountMinor) && amountMinor > 0, `transfer ${key} moves ${amountMinor}`)
  }
  const deltas = balanceDeltas(moving)
  const [done] = await selectRows(
    tx,
    z.object({ debited: z.number() }),
    sql`
      WITH opened AS (
        INSERT INTO ledger_account (id, kind, "ownerKey", currency, "createdAt")
        VALUES ${join(accountRows(moving, now))} ON CONFLICT DO NOTHING
      ), posted AS (
        INSERT INTO ledger_transfer (id, "transactionId", "idempotencyKey", code, "merchantId", "orderId", "debitId",
                                     "creditId", currency, "amountMinor", at)
        VALUES ${join(transferRows(moving, now))}
      ), credited AS (
        INSERT INTO ledger_balance AS b ("accountId", "debitsMinor", "creditsMinor")
        SELECT d.* FROM (VALUES ${join(deltaRows(deltas))}) AS d (account, debits, credits)
        WHERE d.credits >= d.debits AND d.credits > 0 ORDER BY d.account
        ON CONFLICT ("accountId") DO UPDATE
          SET "debitsMinor" = b."debitsMinor" + excluded."debitsMinor", "creditsMinor" = b."creditsMinor" + excluded."creditsMinor"
      ), debited AS (
        UPDATE ledger_balance b SET "debitsMinor" = b."debitsMinor" + d.debits, "creditsMinor" = b."creditsMinor" + d.credits
        FROM (VALUES ${join(deltaRows(deltas))}) AS d (account, debits, credits)
        WHERE b."accountId" = d.account AND d.debits > d.credits
        RETURNING 1
      )
      SELECT count(*)::int AS debited FROM debited`,
  )
  const owed = deltas.filter(({ debits, credits }) => debits > credits).length
  invariant(done?.debited === owed, 'a guarded account was debited before it ever held money')
}

interface Delta {
  readonly id: string
  debits: Minor
  credits: Minor
}

/** What each guarded account gains and loses. An INSERT .. ON CONFLICT is checked before it becomes an UPDATE, so net
 * debits must go the other way: that is why the statement has two branches. */
function balanceDeltas(transfers: readonly TransferInput[]): Delta[] {
  const deltas = new Map<string, Delta>()
  const deltaOf = (account: AccountRef) => {
    const id = accountId(account)
    const delta = deltas.get(id) ?? { id, debits: 0, credits: 0 }
    if (GUARDED_KINDS.has(account.kind)) deltas.set(id, delta)
    return delta
  }
  for (const { from, to, amountMinor } of transfers) {
    deltaOf(from).debits += amountMinor
    deltaOf(to).credits += amountMinor
  }
  return [...deltas.values()]
}

function deltaRows(deltas: readonly Delta[]): Sql[] {
  const rows = deltas.map(({ id, debits, credits }) => sql`(${id}::uuid, ${debits}::bigint, ${credits}::bigint)`)
  return rows.length > 0 ? rows : [sql`(NULL::uuid, 0::bigint, 0::bigint)`]
}

function accountRows(transfers: readonly TransferInput[], now: Date): Sql[] {
  const accounts = new Map(transfers.flatMap(({ from, to }) => [from, to]).map((ref) => [accountId(ref), ref]))
  return [...accounts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([id, { kind, ownerKey, currency }]) =>
        sql`(${id}::uuid, ${kind}::"AccountKind", ${ownerKey}, ${currency}, ${now})`,
    )
}

function transferRows(transfers: readonly TransferInput[], now: Date): Sql[] {
  const transactionId = newId()
  return transfers.map(
    ({ key, code, from, to, amountMinor, merchantId, orderId }) => sql`
      (${newId()}::uuid, ${transactionId}::uuid, ${key}, ${code}, ${merchantId ?? null}::uuid, ${orderId ?? null}::uuid,
       ${accountId(from)}::uuid, ${accountId(to)}::uuid, ${from.currency}, ${amountMinor}::bigint, ${now})`,
  )
}
