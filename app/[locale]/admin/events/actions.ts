'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { retryEvent } from '@/lib/domain/inbox'
import { operatorAction } from '@/lib/web/action'

/** A dead letter is taken up once more; the worker does it within seconds. */
export const retryEventAction = operatorAction(
  z.object({ eventId: z.uuid() }),
  async ({ eventId }, { actor, run, now }) => {
    await run((tx) => retryEvent(tx, eventId, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)
