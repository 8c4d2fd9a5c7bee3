import { z } from 'zod'
import type { LogKeys } from '@/lib/domain/sealing'
import type { ProofArchive } from '@/lib/domain/batches'
import type { CdkVault } from '@/lib/domain/stock'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'

/** What the auditor is handed besides the database. */
export interface AuditTools {
  readonly vault: CdkVault
  /** Of the provenance log. */
  readonly logKeys: LogKeys
  /** Names of the migrations that this version of Keybond brings. */
  readonly migrations: readonly string[]
  readonly now: Date
  /** Where proofs of batches lie; absent where only a copy of the database is at hand. */
  readonly proofs?: ProofArchive
}

export interface Finding {
  /** How many things were looked at, of what kind. */
  readonly counted: number
  readonly unit: string
  readonly offenders: number
  /** Ids of the first offenders. */
  readonly examples: readonly string[]
  /** Something to know that is no fault. */
  readonly note?: string
}

/** One thing that must hold in every database, at every moment. */
export interface Invariant {
  /** `subject/what`, as tests and operators name it. */
  readonly name: string
  /** The same as a sentence. */
  readonly says: string
  /** A warning is told and does not fail the audit: something late, or the bank's word against ours. */
  readonly severity: 'error' | 'warning'
  readonly check: (tx: Tx, tools: AuditTools) => Promise<Finding>
}

export const MOST_EXAMPLES = 10

const Counts = z.object({ counted: z.number(), offenders: z.number(), examples: z.array(z.string()) })

/** An invariant as two statements: what is counted, and which of it offend (one column, `id`, as text). */
export interface SqlInvariant extends Omit<Invariant, 'check' | 'severity'> {
  readonly severity?: Invariant['severity']
  readonly unit: string
  readonly of: Sql
  readonly offenders: (tools: AuditTools) => Sql
}

export function bySql({ unit, of, offenders, severity = 'error', ...facts }: SqlInvariant): Invariant {
  return {
    ...facts,
    severity,
    async check(tx, tools) {
      const [counts] = await selectRows(
        tx,
        Counts,
        sql`
          WITH offender AS MATERIALIZED (${offenders(tools)})
          SELECT (${of})::float8 AS counted, (SELECT count(*) FROM offender)::float8 AS offenders,
                 ARRAY(SELECT id FROM offender ORDER BY id LIMIT ${MOST_EXAMPLES}) AS examples`,
      )
      return { unit, ...(counts ?? { counted: 0, offenders: 0, examples: [] }) }
    },
  }
}
