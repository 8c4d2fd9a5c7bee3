import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CaseSide } from '@/lib/infra/prisma/enums'

const Read = z.object({ side: z.enum(CaseSide), seq: z.number() })

/** A word that changes whenever a case's page would: its state, its last entry, how far the sides have read. */
export function versionOf(state: string, seq: number, reads: readonly z.infer<typeof Read>[]): string {
  return [state, seq, ...reads.map(({ side, seq: at }) => `${side.slice(0, 1)}${at}`).toSorted()].join('.')
}

const Row = z.object({ state: z.string(), seq: z.number(), reads: z.array(Read) })

/** A case's version in one small statement, for live updates; the caller has looked at who asks. */
export async function findCaseVersion(db: Tx, complaintId: string): Promise<string | null> {
  const [row] = await selectRows(
    db,
    Row,
    sql`
      SELECT x.state::text AS state, x."entrySeq" AS seq,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('side', r.side, 'seq', r.seq)) FROM case_read r WHERE r."complaintId" = x.id), '[]'::jsonb) AS reads
      FROM complaint x WHERE x.id = ${complaintId}::uuid`,
  )
  return row ? versionOf(row.state, row.seq, row.reads) : null
}
