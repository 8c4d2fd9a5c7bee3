import type { RefusalCode } from '@/lib/kernel/refusal-codes'

/** What a form's action answered; the state of useActionState. Client components import from here. */
export type ActionState<T = void> =
  | { readonly status: 'idle' }
  | { readonly status: 'done'; readonly data: T }
  | {
      readonly status: 'refused'
      readonly code: RefusalCode
      /** Translated: what happened and what to do. */
      readonly message: string
      /** Figures of the refusal, e.g. the new total. */
      readonly params?: Readonly<Record<string, string | number>>
      /** Translated, by field name. */
      readonly fields?: Readonly<Record<string, string>>
      /** What was typed, to fill the form in again; never a secret. */
      readonly values?: Readonly<Record<string, string>>
    }

export type Idle = Extract<ActionState, { status: 'idle' }>

export const IDLE: Idle = { status: 'idle' }
