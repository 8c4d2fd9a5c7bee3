import type { Tx } from '@/lib/domain/tx'
import type { EvidenceState } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import type { RefusalCode } from '@/lib/kernel/refusal-codes'
import { EVIDENCE_FIGURES } from './limits'
import { EVIDENCE_REFUSALS } from './refuse-evidence'

/** How far an upload is. Whole but still UPLOADING: it waits for the scanner. */
export interface EvidenceProgress {
  readonly offset: number
  readonly state: EvidenceState
}

/** How far it is; refuses `access/not-found`, why it was refused (`evidence/type`, ...), `evidence/gone` once it was given up. */
export async function requireProgress(tx: Tx, fileId: string): Promise<EvidenceProgress> {
  const file = await tx.evidenceFile.findUnique({
    where: { id: fileId },
    select: { state: true, receivedBytes: true, refusal: true },
  })
  if (!file) throw new Refusal('access/not-found')
  if (file.state === 'REFUSED') throw new Refusal(codeOf(file.refusal), EVIDENCE_FIGURES)
  if (file.state === 'DROPPED') throw new Refusal('evidence/gone')
  return { offset: file.receivedBytes, state: file.state }
}

function codeOf(refusal: string | null): RefusalCode {
  const known = EVIDENCE_REFUSALS.find((reason) => reason === refusal)
  return known ? `evidence/${known}` : 'evidence/gone'
}
