import { Refusal } from '@/lib/kernel/refusal'
import type { RefusalCode } from '@/lib/kernel/refusal-codes'

/**
 * The bytes of a request as they come, at most `most`: more than that is refused `tooLarge`, at once where it is announced. A connection
 * that broke off must not pass for the end (`input/invalid`).
 */
export async function* bodyOf(
  request: Request,
  most: number,
  tooLarge: RefusalCode,
): AsyncGenerator<Uint8Array, void, undefined> {
  const announced = request.headers.get('content-length')
  if (Number(announced) > most) throw new Refusal(tooLarge)
  let count = 0
  for await (const piece of request.body ?? []) {
    count += piece.length
    if (count > most) throw new Refusal(tooLarge)
    yield piece
  }
  if (announced !== null && count < Number(announced)) throw new Refusal('input/invalid')
}

/** The same, whole; for what is small. */
export async function readBody(request: Request, most: number, tooLarge: RefusalCode): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bodyOf(request, most, tooLarge)) pieces.push(piece)
  return Buffer.concat(pieces)
}
