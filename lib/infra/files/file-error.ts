/** `too-large`: more bytes came than allowed; `gone`: no such file; `damaged`: cut off, changed, or sealed under another key. */
export type FileErrorReason = 'too-large' | 'gone' | 'damaged'

/** What can be wrong with a stored file. Expected: the caller turns `reason` into words. */
export class FileError extends Error {
  override readonly name = 'FileError'
  readonly reason: FileErrorReason

  constructor(reason: FileErrorReason, cause?: unknown) {
    super(`stored file: ${reason}`, { cause })
    this.reason = reason
  }
}
