import type { Tx } from '@/lib/domain/tx'
import { BANK } from './bank'
import { BATCHES } from './batches'
import { COMPLAINTS } from './complaints'
import { DESK } from './desk'
import { ESCROW } from './escrow'
import { IMPORTS } from './imports'
import { INSTALLATION } from './installation'
import type { AuditTools, Finding, Invariant } from './invariant'
import { KEYS } from './keys'
import { LEDGER } from './ledger'
import { ORDERS_KEPT } from './orders'
import { PAYMENTS } from './payments'
import { PROVENANCE } from './provenance'
import { STOCK } from './stock'

export type { AuditTools, Finding, Invariant } from './invariant'

/** Everything that must hold in a database of Keybond. A new rule is one more entry in one of these lists. */
export const INVARIANTS: readonly Invariant[] = [
  ...LEDGER,
  ...ESCROW,
  ...PAYMENTS,
  ...STOCK,
  ...KEYS,
  ...BATCHES,
  ...IMPORTS,
  ...DESK,
  ...PROVENANCE,
  ...ORDERS_KEPT,
  ...COMPLAINTS,
  ...BANK,
  ...INSTALLATION,
]

export interface Audited extends Finding {
  readonly invariant: Invariant
  readonly verdict: 'ok' | 'warning' | 'failed'
}

/**
 * Checks the invariants one after the other and tells each as it is found; true when none failed. Give it a transaction
 * that sees one moment of the database (`inSnapshot`), so that the mall may go on selling meanwhile.
 */
export async function audit(tx: Tx, tools: AuditTools, tell: (audited: Audited) => void): Promise<boolean> {
  let sound = true
  for (const invariant of INVARIANTS) {
    const finding = await invariant.check(tx, tools)
    const verdict = verdictOf(invariant, finding)
    if (verdict === 'failed') sound = false
    tell({ ...finding, invariant, verdict })
  }
  return sound
}

function verdictOf({ severity }: Invariant, { offenders, note }: Finding): Audited['verdict'] {
  if (offenders === 0) return note === undefined ? 'ok' : 'warning'
  return severity === 'error' ? 'failed' : 'warning'
}
