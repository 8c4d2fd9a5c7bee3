import { z } from 'zod'
import { type Sql, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import type { BalanceRule } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import { type AccountRef, GUARDED, accountId } from './accounts'

/** One amount that moves from the debit account to the credit account. */
export interface TransferInput {
  /** One per fact: posting the same fact again fails on its unique index and rolls back. */
  readonly key: string
  readonly code: string
  readonly from: AccountRef
  readonly to: AccountRef
  readonly amountMinor: Minor
  readonly merchantId?: string | null
  readonly orderId?: string | null
  /** `<provider>:<movement kind>:<source ref>` when the transfer touches a provider's clearing account. */
  readonly externalRef?: string
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
    z.object({ drawn: z.number() }),
    sql`
      WITH opened AS (
        INSERT INTO ledger_account (id, kind, "ownerKey", currency, "createdAt")
        VALUES ${join(accountRows(moving, now))} ON CONFLICT DO NOTHING
      ), posted AS (
        INSERT INTO ledger_transfer (id, "transactionId", "idempotencyKey", code, "merchantId", "orderId", "debitId",
                                     "creditId", currency, "amountMinor", "externalRef", at)
        VALUES ${join(transferRows(moving, now))}
      ), grown AS (
        INSERT INTO ledger_balance AS b ("accountId", rule, "debitsMinor", "creditsMinor")
        SELECT d.account, d.rule::"BalanceRule", d.debits, d.credits
        FROM (VALUES ${join(deltaRows(deltas, true))}) AS d (account, rule, debits, credits)
        WHERE d.account IS NOT NULL ORDER BY d.account
        ON CONFLICT ("accountId") DO UPDATE
          SET "debitsMinor" = b."debitsMinor" + excluded."debitsMinor", "creditsMinor" = b."creditsMinor" + excluded."creditsMinor"
      ), drawn AS (
        UPDATE ledger_balance b SET "debitsMinor" = b."debitsMinor" + d.debits, "creditsMinor" = b."creditsMinor" + d.credits
        FROM (VALUES ${join(deltaRows(deltas, false))}) AS d (account, rule, debits, credits)
        WHERE b."accountId" = d.account
        RETURNING 1
      )
      SELECT count(*)::int AS drawn FROM drawn`,
  )
  const owed = deltas.filter((delta) => !grows(delta)).length
  invariant(done?.drawn === owed, 'a guarded account was drawn on before it ever held money')
}

interface Delta {
  readonly id: string
  readonly rule: BalanceRule
  debits: Minor
  credits: Minor
}

/** What each guarded account gains and loses. */
function balanceDeltas(transfers: readonly TransferInput[]): Delta[] {
  const deltas = new Map<string, Delta>()
  const note = (account: AccountRef, side: 'debits' | 'credits', amountMinor: Minor) => {
    const rule = GUARDED[account.kind]
    if (rule === undefined) return
    const id = accountId(account)
    const delta = deltas.get(id) ?? { id, rule, debits: 0, credits: 0 }
    delta[side] += amountMinor
    deltas.set(id, delta)
  }
  for (const { from, to, amountMinor } of transfers) {
    note(from, 'debits', amountMinor)
    note(to, 'credits', amountMinor)
  }
  return [...deltas.values()]
}

/** Whether the balance moves to its own side, or stays. An INSERT .. ON CONFLICT is checked before it becomes an UPDATE,
 * so what draws on a balance must go the other way: that is why the statement has two branches. */
function grows({ rule, debits, credits }: Delta): boolean {
  return rule === 'CREDIT' ? credits >= debits : debits >= credits
}

function deltaRows(deltas: readonly Delta[], growing: boolean): Sql[] {
  const rows = deltas
    .filter((delta) => grows(delta) === growing)
    .map(({ id, rule, debits, credits }) => sql`(${id}::uuid, ${rule}, ${debits}::bigint, ${credits}::bigint)`)
  return rows.length > 0 ? rows : [sql`(NULL::uuid, NULL, 0::bigint, 0::bigint)`]
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
    ({ key, code, from, to, amountMinor, merchantId, orderId, externalRef }) => sql`
      (${newId()}::uuid, ${transactionId}::uuid, ${key}, ${code}, ${merchantId ?? null}::uuid, ${orderId ?? null}::uuid,
       ${accountId(from)}::uuid, ${accountId(to)}::uuid, ${from.currency}, ${amountMinor}::bigint, ${externalRef ?? null}, ${now})`,
  )
}
