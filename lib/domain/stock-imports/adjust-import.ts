import type { JsonObject, Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { BatchFacts } from './import-facts'
import { IMPORT_TRANSITIONS } from './import-states'

export interface ImportDraft {
  readonly merchantId: string
  readonly importId: string
  /** Need not be complete: nothing reads the upload by it but the next preview. */
  readonly choices: JsonObject
  readonly allOrNothing: boolean
  readonly facts: BatchFacts
}

/**
 * Keeps what the merchant has set so far, for another look at the preview. What a dry run found under other choices is forgotten,
 * and it waits as at first (UPLOADED). Refuses `access/not-found` for another merchant's import, `import/not-waiting`.
 */
export async function adjustImport(tx: Tx, draft: ImportDraft): Promise<void> {
  const { merchantId, importId, choices, allOrNothing, facts } = draft
  const { from, to } = IMPORT_TRANSITIONS.adjust
  const fresh = { linesTotal: null, linesDone: 0, bytesDone: 0, counts: {}, startedAt: null }
  const { count } = await tx.stockImport.updateMany({
    where: { merchantId, id: importId, state: { in: [...from] }, fileKey: { not: null } },
    data: { ...fresh, state: to, choices, allOrNothing, batchFacts: { ...facts } },
  })
  if (count === 0) {
    const known = await tx.stockImport.count({ where: { merchantId, id: importId } })
    throw new Refusal(known === 0 ? 'access/not-found' : 'import/not-waiting')
  }
  await tx.importRejection.deleteMany({ where: { merchantId, importId } })
}
