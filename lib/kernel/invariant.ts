/** What must hold and does not: our bug. Crash, roll back, log; never caught to go on. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation'
}

/** Throws InvariantViolation unless `condition` holds. `message` must not contain a secret. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message)
}
