export type PartAnswer =
  | { readonly status: 'taken'; readonly offset: number; readonly state: string }
  /** `offset`: go on there. `message`: the server's, translated. */
  | { readonly status: 'refused'; readonly message: string | null; readonly offset: number | null }
  /** Not reached, or told to come back. */
  | { readonly status: 'broken' }

/** What the server said about an upload. */
export function answerOf(status: number, answer: unknown): PartAnswer {
  if (status === 0 || status === 429 || status >= 500) return { status: 'broken' }
  const said = typeof answer === 'object' && answer !== null ? answer : {}
  const offset = 'offset' in said && typeof said.offset === 'number' ? said.offset : null
  if (status === 200 && offset !== null) {
    return { status: 'taken', offset, state: 'state' in said ? String(said.state) : 'UPLOADING' }
  }
  return { status: 'refused', message: 'message' in said ? String(said.message) : null, offset }
}
