'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { handlePair } from '@/lib/domain/batches'
import { operatorAction } from '@/lib/web/action'
import { requiredText } from '../../_console/form-schema'

/** Says what came of a code that two merchants brought. */
export const handlePairAction = operatorAction(
  z.object({ pairId: z.uuid(), note: requiredText(500, 2) }),
  async (input, { actor, now, run }) => {
    await run((tx) => handlePair(tx, input, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)
