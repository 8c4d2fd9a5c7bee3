/** An answer that says no, in Stripe's words. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly more: { readonly code?: string; readonly param?: string } = {},
  ) {
    super(message)
  }

  get body(): object {
    return { error: { type: this.type, message: this.message, ...this.more } }
  }
}

export function refused(message: string, code?: string, status = 400): ApiError {
  return new ApiError(status, 'invalid_request_error', message, code === undefined ? {} : { code })
}

/** The thing under this id, or Stripe's 404. */
export function known<T>(shelf: ReadonlyMap<string, T>, id: string, noun: string): T {
  const thing = shelf.get(id)
  if (thing === undefined) throw refused(`No such ${noun}: '${id}'`, 'resource_missing', 404)
  return thing
}
