/**
 * The body of an HTTP request or answer as text, or null when it is longer than `mostBytes`; a body without end is not read to
 * its end. Bytes that are not UTF-8 come out as U+FFFD, so a signature over them does not verify.
 */
export async function readBody(request: Pick<Request, 'headers' | 'body'>, mostBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return null
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (length > mostBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
