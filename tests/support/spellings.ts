import { normaliseCode } from '@/lib/infra/crypto/cdk-vault'

const PREFIX = 3

/** How a text may lie about in bytes: UTF-8, UTF-16 of both orders, hex of both cases, base64 at each of its three beginnings. */
export function spellingsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8')
  const wide = Buffer.from(text, 'utf16le')
  const bytes = [utf8, wide, Buffer.from(wide).swap16()]
  const written = bytes.flatMap((each) => [
    each.toString('hex'),
    each.toString('hex').toUpperCase(),
    ...[0, 1, 2].map((at) => base64Within(each, at)),
  ])
  return [...bytes, ...written.map((each) => Buffer.from(each, 'latin1'))]
}

/** The characters of base64 that depend on `bytes` alone when `before` bytes (modulo 3) stand in front of them. */
function base64Within(bytes: Buffer, before: number): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
}

/** Looks for many texts at once, each as it is and as the fingerprint sees it, in every spelling. */
export class CodeSearch {
  readonly #heads = new Uint8Array(1 << 24)
  readonly #needles = new Map<number, { readonly bytes: Buffer; readonly code: string }[]>()

  constructor(codes: Iterable<string>) {
    for (const code of codes) {
      for (const spelling of new Set([code, normaliseCode(code)])) {
        for (const bytes of spellingsOf(spelling)) this.#add(bytes, code)
      }
    }
  }

  #add(bytes: Buffer, code: string): void {
    const head = bytes.readUIntBE(0, PREFIX)
    this.#heads[head] = 1
    const known = this.#needles.get(head) ?? []
    known.push({ bytes, code })
    this.#needles.set(head, known)
  }

  /** The codes that stand in `text`. */
  in(text: Buffer): Set<string> {
    const found = new Set<string>()
    let head = 0
    for (let end = 0; end < text.length; end++) {
      head = ((head << 8) | (text[end] ?? 0)) & 0xff_ff_ff
      if (this.#heads[head] === 0) continue
      const start = end - PREFIX + 1
      for (const { bytes, code } of this.#needles.get(head) ?? []) {
        if (start >= 0 && bytes.equals(text.subarray(start, start + bytes.length))) found.add(code)
      }
    }
    return found
  }
}
