import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GET as getCheckpoint } from '@/app/log/checkpoint/route'
import { GET as getKey } from '@/app/log/key/route'
import { GET as getTile } from '@/app/log/tile/[...path]/route'
import {
  auditTiles,
  decodeEntries,
  decodeTile,
  parseCheckpoint,
  parseVerifierKey,
  readKeyHistory,
  verifyNote,
} from '@/lib/domain/provenance'
import { sealAll } from '@/lib/domain/sealing'
import { sha256 } from '@/lib/domain/stock'
import { logKeys } from '@/lib/infra/log-key'
import { db } from '@/tests/support/database'
import { NOW, aListing, run } from '@/tests/support/factories'

const tile = (path: string) => getTile(new Request(`http://mall.example.com/log/${path}`))

test('there is no checkpoint before anything was sealed', async () => {
  expect((await getCheckpoint()).status).toBe(404)
})

test('somebody with no more than the published key can read the whole log and hold it against its tree head', async () => {
  await aListing({ stock: 600 })
  await run((tx) => sealAll((work) => work(tx), logKeys(), NOW))
  const { vkey, firstKey, handovers } = (await (await getKey()).json()) as Record<'vkey' | 'firstKey', string> & {
    handovers: string[]
  }
  expect(await readKeyHistory(firstKey, handovers)).toMatchObject({ sound: true })
  const key = await parseVerifierKey(vkey)
  const answer = await getCheckpoint()
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(answer.headers.get('cache-control')).not.toContain('immutable')
  const note = key && (await verifyNote(await answer.text(), [key]))
  const head = parseCheckpoint(note?.text ?? '')
  if (!head) throw new Error('this is no checkpoint')
  expect(note?.verified).toHaveLength(1)
  expect(head.size).toBe(await db.cdkEvent.count())
  const read = async (path: string) => {
    const response = await tile(path)
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
  }
  expect(await auditTiles(sha256, head, read)).toEqual({ wrong: [], rootFound: true })
})

test('tiles may be kept for ever, and a partial one is the beginning of what it became', async () => {
  const full = await tile('tile/0/000')
  expect(full.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const hashes = new Uint8Array(await full.arrayBuffer())
  expect(decodeTile(hashes)).toHaveLength(256)
  expect(new Uint8Array(await (await tile('tile/0/000.p/7')).arrayBuffer())).toEqual(hashes.slice(0, 7 * 32))
  const entries = new Uint8Array(await (await tile('tile/entries/000.p/9')).arrayBuffer())
  expect(decodeEntries(entries)).toHaveLength(9)
})

test.each([
  'tile/0/0',
  'tile/0/000.p/256',
  'tile/0/000.p/0',
  'tile/00/000',
  'tile/0/x000/000',
  'tile/0/%30%30%30',
  'tile/0/000/',
  'tile/0/002',
  'tile/0/002.p/200',
  'tile/1/000',
  'tile/9/000',
  'tile/entries/099',
  'tile/-1/000',
])('%s is not there', async (path) => {
  expect((await tile(path)).status).toBe(404)
})

test('no language is put before the addresses of the log', () => {
  // Read, not imported: what the file imports runs inside Next only.
  const [, matcher = ''] = /matcher: '(.*)'/u.exec(readFileSync('proxy.ts', 'utf8')) ?? []
  const translated = new RegExp(`^${matcher.replaceAll('\\\\', '\\')}$`, 'u')
  expect(['/log/checkpoint', '/log/tile/0/000', '/log/key', '/log'].filter((path) => translated.test(path))).toEqual([])
  expect(['/', '/en', '/login', '/logs'].filter((path) => !translated.test(path))).toEqual([])
})
