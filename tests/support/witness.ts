import { type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  COSIGNATURE_V1,
  type SigningKey,
  type TreeHead,
  cosignText,
  formatNote,
  fromBase64,
  importSigningKey,
  newSigningKey,
  parseCheckpoint,
  parseVerifierKey,
  verifyConsistency,
  verifyNote,
} from '@/lib/domain/provenance'

/** What a witness may do besides its duty. */
type Mood = 'honest' | 'forges' | 'signs-another' | 'brings-others' | 'endless'

/**
 * A witness of C2SP tlog-witness on a port of its own: it verifies the log's signature and the consistency with what it has seen by
 * itself, and cosigns. `mood` makes it misbehave.
 */
export async function aWitness(logKey: string, name = 'witness.example.com/w1') {
  const key = await importSigningKey(await newSigningKey(name, COSIGNATURE_V1))
  const witness: { mood: Mood; seen: TreeHead | null; asked: number } = { mood: 'honest', seen: null, asked: 0 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      witness.asked += 1
      if (witness.mood === 'endless') {
        response.writeHead(200).end('x'.repeat(200_000))
        return
      }
      void reply(response, Buffer.concat(chunks).toString(), request.url ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  async function reply(response: ServerResponse, body: string, path: string): Promise<void> {
    const { status, text } = await answer(body, path)
    response.writeHead(status).end(text)
  }

  async function answer(body: string, path: string): Promise<{ status: number; text: string }> {
    const [, old, proofLines = '', note = ''] = /^old (\d+)\n((?:[^\n]+\n)*)\n([\s\S]+)$/u.exec(body) ?? []
    const log = await parseVerifierKey(logKey)
    const signed = log && (await verifyNote(note, [log]))
    const checkpoint = parseCheckpoint(signed?.text ?? '')
    if (path !== '/add-checkpoint' || old === undefined || !checkpoint) return { status: 400, text: '' }
    if (signed?.verified.length !== 1) return { status: 403, text: '' }
    const before = witness.seen ?? {
      size: 0,
      root: new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array())),
    }
    if (Number(old) !== before.size) return { status: 409, text: `${before.size}\n` }
    const proof = proofLines
      .split('\n')
      .slice(0, -1)
      .map((line) => fromBase64(line) ?? new Uint8Array())
    if (!(await verifyConsistency(before, checkpoint, proof))) return { status: 422, text: '' }
    witness.seen = checkpoint
    return { status: 200, text: await lines(signed.text) }
  }

  async function lines(text: string): Promise<string> {
    const sign = async (by: SigningKey, what = text) =>
      formatNote({ text: '', signatures: [await cosignText(by, what, 1_770_000_000)] }).slice(1)
    const stranger = await importSigningKey(await newSigningKey('stranger.example.com', COSIGNATURE_V1))
    if (witness.mood === 'signs-another') return sign(stranger)
    if (witness.mood === 'brings-others') return (await sign(stranger)) + (await sign(key))
    return sign(key, witness.mood === 'forges' ? 'something else\n' : text)
  }

  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { ...key.verifier, url: `http://127.0.0.1:${port}`, witness, close }
}
