import { type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { z } from 'zod'
import { type AccountRef, GUARDED, accountId } from './accounts'

const Balance = z.object({ id: z.string(), rule: z.enum(['CREDIT', 'DEBIT']), net: z.bigint() })

/**
 * What guarded accounts hold (DEBIT ones: are owed), with their rows locked in id order until the transaction ends, so
 * that what is decided from them still holds when it is posted. An account that never held money has 0 and no row to lock.
 */
export async function lockBalances(tx: Tx, accounts: readonly AccountRef[]): Promise<(account: AccountRef) => Minor> {
  const ids = accounts.map((account) => sql`${accountId(account)}::uuid`)
  const rows = await selectRows(
    tx,
    Balance,
    sql`
      SELECT "accountId" AS id, rule::text AS rule, "creditsMinor" - "debitsMinor" AS net
      FROM ledger_balance WHERE "accountId" IN (${join(ids)}) ORDER BY "accountId" FOR UPDATE`,
  )
  const held = new Map(rows.map(({ id, rule, net }) => [id, Number(rule === 'CREDIT' ? net : -net)]))
  return (account) => held.get(accountId(account)) ?? 0
}

/** What one guarded account holds, without a lock: for showing, never for deciding. */
export async function balanceOf(tx: Tx, account: AccountRef): Promise<Minor> {
  const row = await tx.ledgerBalance.findUnique({ where: { accountId: accountId(account) } })
  if (!row) return 0
  const net = Number(row.creditsMinor - row.debitsMinor)
  return GUARDED[account.kind] === 'DEBIT' ? -net : net
}
