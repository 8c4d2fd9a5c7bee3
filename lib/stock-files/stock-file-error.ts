/** Why a file as a whole cannot be read; faults of single rows are in StockRow. */
export type UnreadableReason =
  | 'binary'
  | 'old-workbook'
  | 'not-a-workbook'
  | 'broken-archive'
  | 'unpacks-too-far'
  | 'too-large'
  | 'no-list'

/** An upload that cannot be read at all. Expected: the caller turns `reason` into words for the merchant. */
export class StockFileError extends Error {
  override readonly name = 'StockFileError'
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason, cause?: unknown) {
    super(`upload cannot be read: ${reason}`, { cause })
    this.reason = reason
  }
}
