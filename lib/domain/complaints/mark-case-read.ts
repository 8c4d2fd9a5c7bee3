import { type Tx, sql } from '@/lib/domain/tx'
import type { CaseSide } from '@/lib/infra/prisma/enums'

/** A side has seen everything that stands in a case now. Never goes back, whoever of two readers comes last. */
export async function markCaseRead(
  tx: Tx,
  { complaintId, side }: { readonly complaintId: string; readonly side: CaseSide },
  now: Date,
): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO case_read ("complaintId", "merchantId", side, seq, at)
    SELECT id, "merchantId", ${side}::"CaseSide", "entrySeq", ${now} FROM complaint WHERE id = ${complaintId}::uuid
    ON CONFLICT ("complaintId", side) DO UPDATE SET seq = EXCLUDED.seq, at = EXCLUDED.at WHERE case_read.seq < EXCLUDED.seq`)
}
