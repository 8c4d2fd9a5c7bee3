'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { BatchFacts, adjustImport, cancelImport, chooseImport, startImport } from '@/lib/domain/stock-imports'
import { merchantAction } from '@/lib/web/action'
import { ImportDecision } from './import-input'

const Import = z.object({ importId: z.uuid() })

/** What the form of a waiting import says: read it another way, judge every line, or import it. */
export const chooseImportAction = merchantAction(
  ImportDecision,
  async ({ importId, intent, draft, choices, facts, allOrNothing }, { merchantId, run }) => {
    const of = { merchantId, importId, facts, allOrNothing }
    await run((tx) =>
      intent === 'look'
        ? adjustImport(tx, { ...of, choices: draft })
        : chooseImport(tx, { ...of, choices, dryRun: intent === 'check' }),
    )
    revalidatePath('/[locale]/merchant', 'layout')
  },
)

/** Reads an upload the way it would be guessed, when the way that was chosen does not work. */
export const rereadImportAction = merchantAction(Import, async ({ importId }, { merchantId, run }) => {
  const facts = BatchFacts.parse({})
  await run((tx) => adjustImport(tx, { merchantId, importId, choices: {}, allOrNothing: false, facts }))
  revalidatePath('/[locale]/merchant', 'layout')
})

/** Imports as it was checked. */
export const startImportAction = merchantAction(Import, async ({ importId }, { merchantId, run }) => {
  await run((tx) => startImport(tx, { merchantId, importId }))
  revalidatePath('/[locale]/merchant', 'layout')
})

/** Stops an import, or discards an upload. */
export const cancelImportAction = merchantAction(Import, async ({ importId }, { merchantId, run, now }) => {
  const stopped = await run((tx) => cancelImport(tx, { merchantId, importId }, now))
  revalidatePath('/[locale]/merchant', 'layout')
  return { stopped }
})
