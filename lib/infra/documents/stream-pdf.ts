import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'

/**
 * The document as it is drawn: `drawing` is asked for its next step only when the reader wants more, and other requests
 * get their turn between two steps. A failure in a step fails the stream, so that half a document is no document.
 */
export function streamPdf(doc: PDFKit.PDFDocument, drawing: AsyncGenerator<void>): ReadableStream<Uint8Array> {
  const ready: Buffer[] = []
  doc.on('data', (chunk: Buffer) => ready.push(chunk))
  const ended = once(doc, 'end')
  let drawn = false
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (ready.length === 0 && !drawn) {
        drawn = (await drawing.next()).done === true
        if (drawn) {
          doc.end()
          await ended
        } else await setImmediate()
      }
      if (ready.length > 0) controller.enqueue(new Uint8Array(Buffer.concat(ready.splice(0))))
      if (drawn) controller.close()
    },
    async cancel() {
      await drawing.return(undefined)
    },
  })
}

/** All of a stream in memory. */
export async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
