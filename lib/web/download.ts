/** A CSV file to save, sent as it is made. `fileName` may hold Chinese. */
export function csvResponse(fileName: string, body: ReadableStream<Uint8Array>): Response {
  return download(fileName, 'text/csv; charset=utf-8', body)
}

/** A JSON file to save, byte for byte the text: what is signed must not be written anew. `fileName` may hold Chinese. */
export function jsonResponse(fileName: string, text: string): Response {
  return download(fileName, 'application/json; charset=utf-8', new TextEncoder().encode(text))
}

/** A ZIP archive to save, sent as it is made. */
export function zipResponse(fileName: string, body: ReadableStream<Uint8Array>): Response {
  return download(fileName, 'application/zip', body)
}

/** A PDF to save: whole, or sent as it is drawn. `fileName` may hold Chinese. */
export function pdfResponse(fileName: string, body: Uint8Array | ReadableStream<Uint8Array>): Response {
  return download(fileName, 'application/pdf', body)
}

/**
 * A file that somebody gave us, for those who may see it: pictures are shown in the page, anything else is saved. Whatever it is,
 * the browser takes it for `type` and for nothing that runs (`nosniff`, `sandbox`).
 */
export function givenFile(fileName: string, type: string, body: Uint8Array): Response {
  const response = download(fileName, type, body)
  if (type.startsWith('image/')) response.headers.set('content-disposition', 'inline')
  response.headers.set('content-security-policy', "default-src 'none'; sandbox")
  response.headers.set('cross-origin-resource-policy', 'same-origin')
  return response
}

function download(fileName: string, type: string, body: Uint8Array | ReadableStream<Uint8Array>): Response {
  const headers = new Headers({
    'content-type': type,
    'content-disposition': contentDisposition('attachment', fileName),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
  if (body instanceof ReadableStream) return new Response(body, { headers })
  headers.set('content-length', String(body.byteLength))
  return new Response(new Uint8Array(body), { headers })
}

/** RFC 6266: a plain name for old readers, the real one percent-encoded as RFC 5987 wants it. `fileName` may be anything. */
export function contentDisposition(how: 'attachment' | 'inline', fileName: string): string {
  const name = fileName.replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '-').toWellFormed()
  const plain = name.replaceAll(/[^ -~]/g, '_').replaceAll('%', '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
