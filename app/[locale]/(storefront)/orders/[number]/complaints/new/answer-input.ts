import { z } from 'zod'
import { moneyInput } from '@/app/[locale]/_console/form-schema'
import { type DraftAnswers, FAILURES, LONGEST_STATEMENT, REMEDIES } from '@/lib/domain/complaints'
import { SHORTEST_STATEMENT, STEPS, type Step } from './steps'

const Cdks = z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(1_000)], 'complain-cdks')
const Statement = z.string().trim().min(SHORTEST_STATEMENT).max(LONGEST_STATEMENT)

/** Which of the form's fields each question reads. */
const Typed = z.object({
  number: z.string().max(40),
  step: z.enum(STEPS),
  /** Back keeps what was typed as far as it fits. */
  go: z.enum(['next', 'back']).catch('next'),
  /** Nothing is wrong with a CDK but with the charge. */
  about: z.literal('charge').optional(),
  cdk: z.unknown().optional(),
  failure: z.unknown().optional(),
  statement: z.unknown().optional(),
  demand: z.unknown().optional(),
  amount: z.unknown().optional(),
})

export interface Answer {
  readonly number: string
  readonly step: Step
  readonly go: 'next' | 'back'
  readonly answers: DraftAnswers
}

/** One step's answer. Going on it must fit; going back what does not fit is left out. */
export const AnswerInput: z.ZodType<Answer> = Typed.transform((typed, ctx): Answer => {
  const { number, step, go } = typed
  const read = readOf(step, typed)
  if (read.success) return { number, step, go, answers: read.answers }
  if (go === 'next') for (const { path, message } of read.wrong) ctx.addIssue({ code: 'custom', path: [path], message })
  return { number, step, go, answers: {} }
})

type Read =
  | { readonly success: true; readonly answers: DraftAnswers }
  | { readonly success: false; readonly wrong: readonly { readonly path: string; readonly message: string }[] }

function readOf(step: Step, typed: z.output<typeof Typed>): Read {
  switch (step) {
    case 'cdks': {
      if (typed.about === 'charge') return { success: true, answers: { cdkIds: [] } }
      const cdkIds = Cdks.safeParse(typed.cdk).data
      return cdkIds ? { success: true, answers: { cdkIds } } : refused('cdk', 'complain-cdks')
    }
    case 'failure': {
      const failure = FAILURES.find((each) => each === typed.failure)
      return failure ? { success: true, answers: { failure } } : refused('failure', 'choice')
    }
    case 'story': {
      const statement = Statement.safeParse(typed.statement).data
      return statement === undefined
        ? refused('statement', 'complain-story')
        : { success: true, answers: { statement } }
    }
    case 'demand': {
      const demand = REMEDIES.find((each) => each === typed.demand)
      if (!demand) return refused('demand', 'choice')
      if (demand !== 'COMPENSATION') return { success: true, answers: { demand, demandMinor: null } }
      const demandMinor = moneyInput.safeParse(typed.amount).data
      return demandMinor ? { success: true, answers: { demand, demandMinor } } : refused('amount', 'money')
    }
    case 'check':
      return { success: true, answers: {} }
  }
}

function refused(path: string, message: string): Read {
  return { success: false, wrong: [{ path, message }] }
}
