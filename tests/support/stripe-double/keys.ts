import { ApiError } from './api-error'

const DAY_MS = 86_400_000

export interface Answered {
  readonly status: number
  readonly body: object
}

interface Kept {
  readonly request: string
  readonly at: number
  answer: Answered | null
}

/** Stripe's memory of idempotency keys: a day long, errors included, and the request must be the same. */
export class Keys {
  private readonly kept = new Map<string, Kept>()

  /** The answer that was given under this key before, or null when this is the first call with it. */
  begin(key: string, request: string, now: number): Answered | null {
    const before = this.kept.get(key)
    if (!before || now - before.at >= DAY_MS) {
      this.kept.set(key, { request, at: now, answer: null })
      return null
    }
    if (before.request !== request) {
      const words = `Keys for idempotent requests can only be used with the same parameters they were first used with.`
      throw new ApiError(400, 'idempotency_error', words)
    }
    if (before.answer === null) {
      const words = 'There is currently another in-progress request using this Idempotent Key.'
      throw new ApiError(409, 'idempotency_error', words, { code: 'idempotency_key_in_use' })
    }
    return before.answer
  }

  finish(key: string, answer: Answered): void {
    const kept = this.kept.get(key)
    if (kept) kept.answer = answer
  }

  forget(): void {
    this.kept.clear()
  }
}
