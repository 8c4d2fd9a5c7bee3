import { z } from 'zod'

/**
 * How a call goes wrong. Nothing is done: `error` (500, `status` says otherwise), `hang` (no answer at all). Stripe
 * keeps the answer under the key: `saved-error` (a 500 that every repetition gets again). All is done: `late` (the answer
 * comes after `delayMs`), `cut` (the connection breaks instead of an answer).
 */
export const FaultInput = z.object({
  /** Part of `post /v1/refunds`; empty for any call. */
  on: z.string().default(''),
  how: z.enum(['error', 'hang', 'saved-error', 'late', 'cut']),
  status: z.number().int().default(500),
  delayMs: z.number().int().default(1_000),
  times: z.number().int().default(1),
})

export type Fault = z.output<typeof FaultInput>

/** Faults that wait for their calls; each strikes as often as it says. */
export class Faults {
  private waiting: Fault[] = []

  add(fault: Fault): void {
    this.waiting.push({ ...fault })
  }

  clear(): void {
    this.waiting = []
  }

  take(operation: string): Fault | null {
    const fault = this.waiting.find(({ on }) => operation.includes(on.toLowerCase()))
    if (!fault) return null
    fault.times -= 1
    if (fault.times <= 0) this.waiting = this.waiting.filter((other) => other !== fault)
    return fault
  }
}
