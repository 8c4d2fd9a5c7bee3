import type { StockEncoding } from './stock-shape'

/** Pieces of this size keep what is held small, however large the pieces are that arrive. */
const PIECE_BYTES = 64 * 1024

/** The text of a stream of bytes, piece by piece, its byte order mark dropped. Bad bytes become U+FFFD: see `hasBadText`. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: StockEncoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding)
  const isGb = encoding === 'gb18030'
  for await (const piece of isGb ? wholeCharacters(bytes) : piecesOf(bytes)) {
    const text = decoder.decode(piece, { stream: !isGb })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

async function* piecesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const arrived of bytes) {
    for (let at = 0; at < arrived.length; at += PIECE_BYTES) yield arrived.subarray(at, at + PIECE_BYTES)
  }
}

/**
 * Pieces that end where a character ends. Node's streaming decoder throws, instead of marking them, on bad bytes of GB18030
 * that lie across two pieces. Below 0x30 no byte is part of a longer character, and every line break is below.
 */
async function* wholeCharacters(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array = new Uint8Array()
  for await (const piece of piecesOf(bytes)) {
    const all = held.length === 0 ? piece : Buffer.concat([held, piece])
    let end = all.length
    while (end > 0 && (all[end - 1] ?? 0) >= 0x30) end -= 1
    // Without any such byte in all this it is a line that is too long, wherever it is cut.
    if (end === 0 && all.length > PIECE_BYTES) end = all.length
    if (end > 0) yield all.subarray(0, end)
    // A copy: the pieces belong to whoever sent them.
    held = Uint8Array.from(all.subarray(end))
  }
  if (held.length > 0) yield held
}
