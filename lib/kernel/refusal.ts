import type { RefusalCode } from './refusal-codes'

/** Values that a refusal's message interpolates. Never a secret, a code or another person's data. */
export type RefusalParams = Readonly<Record<string, string | number>>

/**
 * An expected "no". Thrown inside a transaction it rolls everything back; the action edge turns it into a translated
 * message. Anything else that is thrown is a bug and reaches the error page.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly params: RefusalParams

  constructor(code: RefusalCode, params: RefusalParams = {}) {
    super(code)
    this.code = code
    this.params = params
  }
}
