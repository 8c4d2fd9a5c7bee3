'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { recordOperatorAction } from '@/lib/domain/accounts'
import { LINE_ENDS, explainLine, reconcile } from '@/lib/domain/reconciliation'
import { createLog } from '@/lib/infra/log'
import { providerNamed } from '@/lib/infra/payments'
import { Refusal } from '@/lib/kernel/refusal'
import { operatorAction } from '@/lib/web/action'
import { requiredText } from '../../_console/form-schema'

/** Compares one provider's books with ours now, not at the worker's next turn. */
export const reconcileAction = operatorAction(
  z.object({ provider: requiredText(40) }),
  async ({ provider: name }, { run, now, userId }) => {
    const provider = providerNamed(name)
    if (!provider) throw new Refusal('access/not-found')
    const action = { verb: 'reconcile', subject: 'provider', subjectId: name, note: null }
    await run((tx) => recordOperatorAction(tx, { userId, ...action }, now))
    await reconcile(run, provider, now, (error, what) => {
      createLog('admin').error({ err: error, what }, 'a step of the reconciliation failed')
    })
    revalidatePath('/[locale]/admin', 'layout')
  },
)

const ExplainInput = z.object({ lineId: z.uuid(), end: z.enum(LINE_ENDS), explanation: requiredText(500, 4) })

/** A line that nothing of ours says the same as: the operator says what it was, and it is booked so. */
export const explainLineAction = operatorAction(
  ExplainInput,
  async ({ lineId, ...explanation }, { actor, run, now }) => {
    await run((tx) => explainLine(tx, lineId, explanation, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)
