/** Somebody else works on the import now: whoever gets this lets go of it and writes nothing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'

  constructor() {
    super('the lease of this import ran out and somebody else has it')
  }
}
