import { FILE_NAME_HEADER } from '../upload-limits'

export type SentUpload =
  | { readonly status: 'done'; readonly importId: string }
  /** `message` is the server's, translated; null when it could not be reached or answered with something else. */
  | { readonly status: 'refused'; readonly message: string | null }
  | { readonly status: 'cancelled' }

interface Options {
  readonly variantId: string
  readonly locale: string
  readonly body: Blob
  /** Null when it was pasted. */
  readonly fileName: string | null
  /** 0 to 1, of what has left this machine. */
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** Sends an upload as it is. XMLHttpRequest, because fetch cannot tell how much of a body has left. */
export function sendUpload({ variantId, locale, body, fileName, onProgress, signal }: Options): Promise<SentUpload> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const cancel = () => request.abort()
    const settle = (sent: SentUpload) => {
      signal.removeEventListener('abort', cancel)
      resolve(sent)
    }
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => settle(answerOf(request)))
    request.addEventListener('error', () => settle({ status: 'refused', message: null }))
    request.addEventListener('abort', () => settle({ status: 'cancelled' }))
    signal.addEventListener('abort', cancel)
    request.open('POST', `/api/merchant/stock/uploads?${new URLSearchParams({ variantId, locale }).toString()}`)
    request.responseType = 'json'
    request.setRequestHeader('content-type', 'application/octet-stream')
    if (fileName !== null) request.setRequestHeader(FILE_NAME_HEADER, encodeURIComponent(fileName.toWellFormed()))
    request.send(body)
  })
}

function answerOf({ response, status }: XMLHttpRequest): SentUpload {
  const answer: unknown = response
  if (typeof answer === 'object' && answer !== null) {
    if (status === 201 && 'importId' in answer) return { status: 'done', importId: String(answer.importId) }
    if ('message' in answer) return { status: 'refused', message: String(answer.message) }
  }
  return { status: 'refused', message: null }
}
