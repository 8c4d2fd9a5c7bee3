import { decodeText } from '@/lib/stock-files/decode-text'
import type { Archive } from './archive'
import { type XmlEvents, XmlScanner } from './xml-scanner'

/** Reads one XML part of the archive to its end; after each piece the caller may take what has come together. */
export async function* readPart(
  archive: Archive,
  name: string,
  events: XmlEvents,
): AsyncGenerator<void, void, undefined> {
  const scanner = new XmlScanner(events)
  for await (const text of xmlText(archive.read(name))) {
    scanner.push(text)
    yield
  }
  scanner.end()
}

/** Reads a small part whole, for what `events` collects. */
export async function readWholePart(archive: Archive, name: string, events: XmlEvents): Promise<void> {
  const pieces = readPart(archive, name, events)
  while (!(await pieces.next()).done);
}

/** XML is UTF-8, or UTF-16 with a byte order mark. */
async function* xmlText(bytes: AsyncGenerator<Uint8Array, void, undefined>): AsyncGenerator<string, void, undefined> {
  const first = await bytes.next()
  if (first.done) return
  const [one, two] = first.value
  const encoding = one === 0xff && two === 0xfe ? 'utf-16le' : one === 0xfe && two === 0xff ? 'utf-16be' : 'utf-8'
  async function* all() {
    yield first.value ?? new Uint8Array()
    yield* bytes
  }
  try {
    yield* decodeText(all(), encoding)
  } finally {
    await bytes.return()
  }
}
