import type { JsonObject, Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { BatchFacts } from './import-facts'
import { IMPORT_TRANSITIONS } from './import-states'
import { requireFactsFit } from './require-facts-fit'
import { requireProof } from './require-proof'

export interface ImportChosen {
  readonly merchantId: string
  readonly importId: string
  /** How to read the upload (lib/stock-files: ImportChoices). */
  readonly choices: JsonObject
  /** Takes nothing when a single line is faulty (empty ones are not). */
  readonly allOrNothing: boolean
  readonly facts: BatchFacts
  /** Judges every line and takes none. */
  readonly dryRun: boolean
}

/**
 * Settles how an upload is read and what its batch is, and hands it to the importer: as a dry run (CHECKING, then CHECKED) or
 * for good (QUEUED). After a dry run it may be chosen anew. Refuses `access/not-found`, `import/not-waiting`, and what
 * `requireFactsFit` and, for good, `requireProof` refuse. Of two at once one wins.
 */
export async function chooseImport(tx: Tx, chosen: ImportChosen): Promise<void> {
  const { merchantId, importId, choices, allOrNothing, facts, dryRun } = chosen
  await requireFactsFit(tx, merchantId, importId, facts)
  if (!dryRun) await requireProof(tx, merchantId, importId)
  const { from, to } = IMPORT_TRANSITIONS[dryRun ? 'check' : 'queue']
  const { count } = await tx.stockImport.updateMany({
    where: { merchantId, id: importId, state: { in: [...from] }, fileKey: { not: null } },
    data: {
      state: to,
      choices,
      allOrNothing,
      batchFacts: { ...facts },
      // What a dry run before has found was found under other choices.
      linesTotal: null,
      linesDone: 0,
      bytesDone: 0,
      counts: {},
      startedAt: null,
    },
  })
  if (count === 0) throw new Refusal('import/not-waiting')
  await tx.importRejection.deleteMany({ where: { merchantId, importId } })
}
