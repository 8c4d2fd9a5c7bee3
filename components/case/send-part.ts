import { type PartAnswer, answerOf } from './part-answer'

interface Options {
  readonly onSent: (bytes: number) => void
  readonly signal: AbortSignal
}

/** Sends one part as it is. XMLHttpRequest, because fetch cannot tell how much of a body has left. */
export function sendPart(address: string, body: Blob, { onSent, signal }: Options): Promise<PartAnswer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const cancel = () => request.abort()
    const settle = () => {
      signal.removeEventListener('abort', cancel)
      const answer: unknown = request.response
      resolve(answerOf(request.status, answer))
    }
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded))
    request.addEventListener('loadend', settle)
    signal.addEventListener('abort', cancel)
    request.open('PUT', address)
    request.responseType = 'json'
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(body)
  })
}
