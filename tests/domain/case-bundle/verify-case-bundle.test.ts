import { beforeAll, describe, expect, test } from 'vitest'
import { type CaseReport, signManifest, verifyCaseBundle } from '@/lib/domain/case-bundle'
import { parseNote, signCheckpoint, signingKeyOf, utf8 } from '@/lib/domain/provenance'
import { appendEntry } from '@/lib/domain/complaints'
import { readLogIdentity } from '@/lib/domain/sealing'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, NOW, run } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { type Files, changedAt, inMemory, opened, packedAgain, unpacked } from './a-bundle'
import { aBundleOf, aTalkedCase } from './a-made-bundle'

let zip: Uint8Array<ArrayBuffer>
let files: Files
let vkey: string
let complaintId: string

beforeAll(async () => {
  ;({ complaintId } = await aTalkedCase())
  zip = await aBundleOf(complaintId)
  files = unpacked(zip)
  vkey = (await readLogIdentity(db, LOG_KEYS)).firstKey
})

const verify = async (some: Files, keys = [vkey]) => verifyCaseBundle(inMemory(some), keys)
const wheres = ({ checks }: CaseReport) => checks.flatMap(({ problems }) => problems.map(({ where }) => where))
const failed = ({ checks }: CaseReport) => checks.filter(({ outcome }) => outcome === 'refuted').map(({ name }) => name)

test('the file of a case proves itself, and holds no more than it should', async () => {
  const report = await verifyCaseBundle(await opened(zip), [vkey])
  expect(wheres(report)).toEqual([])
  expect(report.verdict).toBe('proved')
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(report.checks.map(() => 'proved'))
  expect([...files.keys()].toSorted()).toEqual([
    'case.json',
    'channels/12315.zh.txt',
    'channels/court.en.txt',
    'channels/court.zh.txt',
    'channels/heimao.zh.txt',
    'evidence/1-激活 提示.png',
    'manifest.json',
    'manifest.sig',
    'order.json',
    'provenance/order.json',
    'timeline.en.html',
    'timeline.en.pdf',
    'timeline.zh.html',
    'timeline.zh.pdf',
  ])
  const text = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n')
  expect(text).not.toContain('这一条撤回了')
  expect(new TextDecoder().decode(files.get('timeline.zh.html'))).not.toContain('<script')
  expect(new TextDecoder().decode(files.get('timeline.en.html'))).toContain('&lt;script&gt;')
  expect(report.caseFile?.entries.filter(({ withheld }) => withheld === 'hidden')).toHaveLength(1)
  expect(report.notProved).toContain('withheld')
})

test('the texts for outside channels name what is there, in order', async () => {
  const attached = (some: Files, path: string) => {
    const lines = new TextDecoder().decode(some.get(path)).split('\n')
    const from = lines.findIndex((line) => /^(附件|Attachments)/u.test(line)) + 1
    return lines.slice(from, lines.indexOf('', from)).map((line) => line.replace(/^\d+\. /u, ''))
  }
  const first = ['timeline.zh.pdf', 'order.json', 'case.json']
  const last = ['manifest.json', 'manifest.sig']
  const original = 'evidence/1-激活 提示.png'
  expect(attached(files, 'channels/12315.zh.txt')).toEqual([...first, original, 'provenance/order.json', ...last])
  const charged = await anOpenCase({ units: 0, failure: 'DUPLICATE_CHARGE' })
  const ofCharge = unpacked(await aBundleOf(charged.complaintId))
  for (const path of ['channels/12315.zh.txt', 'channels/heimao.zh.txt', 'channels/court.en.txt']) {
    const named = attached(ofCharge, path)
    expect(named).toHaveLength(5)
    expect(named.filter((one) => !ofCharge.has(one))).toEqual([])
  }
})

test('a changed byte of any file is found and the file named', async () => {
  for (const [path, bytes] of files) {
    for (let round = 0; round < 6; round += 1) {
      const at = Math.floor(Math.random() * bytes.length)
      const bit = Math.floor(Math.random() * 8)
      const report = await verify(new Map([...files, [path, changedAt(bytes, at, bit)]]))
      expect(report.verdict, `${path} at ${at}`).toBe('refuted')
      expect(
        wheres(report).some((where) => where === path || where.startsWith(`${path} `)),
        `${path} at ${at} bit ${bit}: ${wheres(report).join()}`,
      ).toBe(true)
    }
  }
})

test('a changed byte inside the archive is named by its file, a cut archive is told so', async () => {
  const marker = utf8('picture picture')
  const at = zip.findIndex((_, from) => marker.every((byte, index) => zip[from + index] === byte))
  expect(at).toBeGreaterThan(0)
  const report = await verifyCaseBundle(await opened(changedAt(zip, at)), [vkey])
  expect(report.checks[0]).toMatchObject({
    name: 'archive',
    problems: [{ code: 'file-damaged', where: 'evidence/1-激活 提示.png' }],
  })
  const cut = await verifyCaseBundle(await opened(zip.slice(0, -40)), [vkey])
  expect(cut.checks[0]?.problems).toEqual([{ code: 'zip-truncated', where: '' }])
  const none = await verifyCaseBundle(await opened(utf8('no archive at all')), [vkey])
  expect(none.checks[0]?.problems).toEqual([{ code: 'zip-malformed', where: '' }])
})

test('packed again, with compression and in a folder, it still verifies', async () => {
  const again = packedAgain(files, { folder: 'keybond-case/' })
  expect((await verifyCaseBundle(await opened(again), [vkey])).verdict).toBe('proved')
})

describe('does not take', () => {
  test('a file too few or too many', async () => {
    const fewer = new Map(files)
    fewer.delete('order.json')
    expect(wheres(await verify(fewer))).toContain('order.json')
    expect(failed(await verify(new Map([...files, ['evidence/9-more.png', utf8('x')]])))).toContain('files')
  })

  test('a manifest that another key signed', async () => {
    const other = { ...LOG_KEYS, seed: (version: number) => LOG_KEYS.seed(version + 7) }
    const key = await signingKeyOf(LOG_KEYS.name, other.seed(1))
    const text = new TextDecoder().decode(files.get('manifest.json'))
    const { caseNumber, asOf } = JSON.parse(text) as { caseNumber: string; asOf: string }
    const note = utf8(await signManifest(key, { caseNumber, asOf, text }))
    const report = await verify(new Map([...files, ['manifest.sig', note]]))
    expect(report.checks.find(({ name }) => name === 'signature')?.problems).toEqual([
      { code: 'signature-missing', where: 'manifest.sig' },
    ])
  })

  test('a checkpoint of the log as the signature', async () => {
    const { signer } = await readLogIdentity(db, LOG_KEYS)
    const note = await signCheckpoint(signer, { size: 7, root: new Uint8Array(32) })
    expect(parseNote(note)).not.toBeNull()
    const report = await verify(new Map([...files, ['manifest.sig', utf8(note)]]))
    expect(report.checks.find(({ name }) => name === 'signature')?.problems).toEqual([
      { code: 'signature-malformed', where: 'manifest.sig' },
    ])
  })

  test('its own key on trust', async () => {
    const report = await verify(files, [])
    expect(report.verdict).toBe('unproved')
    expect(report.checks.find(({ name }) => name === 'trusted-key')?.problems[0]?.code).toBe('no-trusted-key')
  })

  test('a name that leads out of the folder, two files of one name', async () => {
    const bad = await opened(packedAgain(new Map([...files, ['../out.txt', utf8('x')]])))
    expect(bad.faults).toEqual([{ code: 'zip-path', where: '../out.txt' }])
  })

  test('a file that unpacks to more than it says', async () => {
    const bomb = packedAgain(new Map([['case.json', new Uint8Array(200_000)]]))
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    // The declared size in the directory: 46 bytes of header and the name stand before the end record.
    const entry = bomb.length - 22 - 46 - 'case.json'.length
    expect(view.getUint32(entry, true)).toBe(0x02_01_4b_50)
    view.setUint32(entry + 24, 100, true)
    expect(await (await opened(bomb)).read('case.json')).toBeNull()
  })
})

test('an older bundle still verifies, and a newer one goes on from it', async () => {
  const body = { text: '还没有收到答复。' }
  await run((tx) => appendEntry(tx, complaintId, { type: 'message', actor: BUYER, body }, after(NOW, HOUR_MS)))
  const newer = await verify(unpacked(await aBundleOf(complaintId, after(NOW, HOUR_MS))))
  const older = await verify(files)
  expect([older.verdict, newer.verdict]).toEqual(['proved', 'proved'])
  const head = older.manifest?.head
  expect(newer.caseFile?.entries[head?.seq ?? 0]?.hash).toBe(head?.hash)
  expect(newer.manifest?.head.seq).toBe((head?.seq ?? 0) + 1)
})
