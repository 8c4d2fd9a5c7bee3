'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { type ProofInput, addProof, describeBatch, openBatchForProofs } from '@/lib/domain/batches'
import type { Actor } from '@/lib/domain/actor'
import type { InTransaction } from '@/lib/domain/tx'
import { BatchSource } from '@/lib/infra/prisma/enums'
import { proofStore, sniffProof } from '@/lib/infra/proofs'
import { cdkVault } from '@/lib/infra/vault'
import { merchantAction } from '@/lib/web/action'
import { moneyInput, optionalText, orEmpty, wholeInput } from '../../../_console/form-schema'

const Describe = z.object({
  batchId: z.uuid(),
  source: z.enum(BatchSource),
  sourceNote: optionalText(500),
  cost: orEmpty(moneyInput),
  validityDays: orEmpty(wholeInput(1, 3_650)),
})

/** Where a batch comes from, what it cost, what it promises. */
export const describeBatchAction = merchantAction(Describe, async ({ batchId, cost, ...said }, { merchantId, run }) => {
  await run((tx) => describeBatch(tx, { merchantId, batchId }, { ...said, costMinor: cost }))
  revalidatePath('/[locale]/merchant', 'layout')
})

const file = z.instanceof(File).refine(({ size }) => size > 0, 'required')

/** A proof for a batch. */
export const addProofAction = merchantAction(
  z.object({ batchId: z.uuid(), file }),
  async ({ batchId, file: given }, { merchantId, actor, run, now }) => {
    await keep(given, { merchantId, batchId }, actor, { run, now })
  },
)

/** A proof for an import that has not started: its batch is made for it, empty. */
export const addImportProofAction = merchantAction(
  z.object({ importId: z.uuid(), file }),
  async ({ importId, file: given }, { merchantId, actor, run, now }) => {
    const batchId = await run((tx) => openBatchForProofs(tx, cdkVault(), { merchantId, importId }, now))
    await keep(given, { merchantId, batchId }, actor, { run, now })
  },
)

async function keep(
  given: File,
  of: Pick<ProofInput, 'merchantId' | 'batchId'>,
  actor: Actor,
  { run, now }: { readonly run: InTransaction; readonly now: Date },
): Promise<void> {
  const tools = { run, vault: cdkVault(), store: proofStore(), sniff: sniffProof }
  const bytes = new Uint8Array(await given.arrayBuffer())
  await addProof(tools, { ...of, fileName: given.name.slice(0, 120), bytes }, actor, now)
  revalidatePath('/[locale]/merchant', 'layout')
}
