import { beforeAll, describe, expect, test } from 'vitest'
import {
  type BundleParts,
  COSIGNATURE_V1,
  type CdkEvent,
  type CheckName,
  LIMITS,
  type Report,
  eventPreimage,
  formatCheckpoint,
  formatNote,
  logEntry,
  parseNote,
  signCheckpoint,
  signHandover,
  signText,
  tilesForBundle,
  toHex,
  utf8,
  verifyBundle,
} from '@/lib/domain/provenance'
import { type Json, canonicalJson } from '@/lib/kernel/canonical-json'
import { newId } from '@/lib/kernel/ids'
import { type ALog, aChain, aKey, aLog, bundleText, cosigned } from './a-log'
import { sha256, shelfOf, turned } from './trees'

let log: ALog
let trusted: string[]
beforeAll(async () => {
  log = await aLog()
  trusted = [log.first.verifier.vkey]
})

const problemsOf = ({ checks }: Report) => checks.flatMap(({ problems }) => problems)
const outcomeOf = ({ checks }: Report, name: CheckName) => checks.find((check) => check.name === name)?.outcome
/** A bundle over other entries or with other parts than the log has. */
const other = (parts: Partial<BundleParts>, entries = log.entries) => bundleText({ ...log.parts, ...parts }, entries)

describe('a bundle of a sound log', () => {
  test('is proved with any key of the log, each check by its name', async () => {
    for (const key of [log.first, log.second]) {
      const report = await verifyBundle(log.text, [key.verifier.vkey])
      expect(problemsOf(report)).toEqual([])
      expect(report.verdict).toBe('proved')
      expect(report.checks.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
        'format proved',
        'log-keys proved',
        'checkpoint proved',
        'trusted-key proved',
        'witnesses not-shown',
        'consistency proved',
        'chain proved',
        'inclusion proved',
        'commitments proved',
        'subject proved',
      ])
      expect(report.notProved).toEqual(Object.keys(LIMITS))
      expect(report.checkpoint).toMatchObject({ size: 45, signedBy: [log.second.verifier.vkey] })
      expect(report.older).toMatchObject({ size: 12, signedBy: [log.first.verifier.vkey] })
    }
  })

  test('with a witness that the reader trusts speaks against two views of the log', async () => {
    const report = await verifyBundle(log.text, [...trusted, log.witness.verifier.vkey])
    expect(report.verdict).toBe('proved')
    expect(outcomeOf(report, 'witnesses')).toBe('proved')
    expect(report.checkpoint?.cosignatures).toMatchObject([{ name: 'witness.example/w1', at: 1_795_305_600 }])
    expect(report.notProved).not.toContain('one-view')
  })

  test('is proved without older checkpoint and without witness, and of one CDK by its id', async () => {
    const [chain = []] = log.parts.chains
    const subject = { kind: 'cdk', id: chain[0]?.event.cdkId ?? '' } as const
    const checkpoint = await signCheckpoint(log.second, log.head(45))
    const closed = chain.map((part) => ({ ...part, opening: null }))
    const report = await verifyBundle(
      other({ subject, checkpoint, witnesses: [], older: null, chains: [closed] }),
      trusted,
    )
    expect(problemsOf(report)).toEqual([])
    expect(report.verdict).toBe('proved')
    expect(outcomeOf(report, 'commitments')).toBe('not-shown')
    expect(outcomeOf(report, 'consistency')).toBe('not-shown')
  })

  test('is built from the few tiles that it says', () => {
    expect(tilesForBundle(log.parts)).toEqual(['tile/0/000.p/45'])
  })
})

describe('trust', () => {
  test('comes from a key that the reader has from elsewhere, or not at all', async () => {
    const stranger = await aKey()
    expect(await verifyBundle(log.text, [])).toMatchObject({ verdict: 'unproved' })
    expect(problemsOf(await verifyBundle(log.text, []))).toEqual([{ code: 'no-trusted-key', where: '' }])
    expect(problemsOf(await verifyBundle(log.text, [stranger.verifier.vkey]))).toEqual([
      { code: 'trusted-key-absent', where: '' },
    ])
    expect(await verifyBundle(log.text, ['nonsense'])).toMatchObject({ verdict: 'refuted' })
  })

  test('is not given to a whole log that somebody else signed', async () => {
    const forger = await aKey()
    const forged = other({
      log: { firstKey: forger.verifier.vkey, handovers: [] },
      checkpoint: await signCheckpoint(forger, log.head(45)),
      older: null,
      witnesses: [],
    })
    expect(problemsOf(await verifyBundle(forged, trusted))).toEqual([{ code: 'trusted-key-absent', where: '' }])
    expect((await verifyBundle(forged, [])).verdict).toBe('unproved')
  })

  test('in a witness is not served by a bundle that lacks its line', async () => {
    const absent = await aKey('witness.example/w2', COSIGNATURE_V1)
    const report = await verifyBundle(log.text, [...trusted, absent.verifier.vkey])
    expect(report.verdict).toBe('unproved')
    expect(problemsOf(report)).toEqual([{ code: 'trusted-witness-absent', where: '' }])
  })
})

describe('a log that lies, with the right signatures', () => {
  test('is caught when it rewrites an event that an older checkpoint held', async () => {
    const entries = log.entries.with(2, utf8('another past'))
    const checkpoint = await cosigned(await signCheckpoint(log.second, log.head(45, entries)), log.witness)
    const report = await verifyBundle(other({ checkpoint }, entries), trusted)
    expect(problemsOf(report)).toEqual([{ code: 'consistency-false', where: 'older.proof' }])
  })

  test('is caught when an event was rewritten with all hashes behind it', async () => {
    const [chain = [], rest = []] = log.parts.chains
    let prevHash = chain[0]?.event.hash ?? ''
    const forged = chain.map((part, at) => {
      if (at === 0) return part
      const event: CdkEvent = { ...part.event, at: part.event.at + 1, prevHash }
      prevHash = toHex(sha256(eventPreimage(event)))
      return { ...part, event: { ...event, hash: prevHash } }
    })
    const report = await verifyBundle(other({ chains: [forged, rest] }), trusted)
    expect(problemsOf(report)).toEqual([
      { code: 'not-in-tree', where: 'chains.0.1' },
      { code: 'not-in-tree', where: 'chains.0.2' },
    ])
  })

  test('is caught when its order is not that of the chain, or a CDK stands there twice', async () => {
    const [chain = []] = log.parts.chains
    const places = [19, 5, 33]
    const moved = chain.map((part, at) => ({ ...part, leafIndex: places[at] ?? 0 }))
    const entries = moved.reduce(
      (all, { event, leafIndex }) => all.with(leafIndex, logEntry(sha256, event)),
      log.entries,
    )
    const checkpoint = await cosigned(await signCheckpoint(log.second, log.head(45, entries)), log.witness)
    const twice = { checkpoint, older: null, chains: [moved, moved] }
    expect(problemsOf(await verifyBundle(other(twice, entries), trusted))).toEqual([
      { code: 'chain-twice', where: 'chains.1' },
      { code: 'log-order', where: 'chains.0.1.leaf' },
      { code: 'log-order', where: 'chains.1.1.leaf' },
    ])
  })

  test('is caught when a key signs beyond its term or takes over alone', async () => {
    const late = await cosigned(await signCheckpoint(log.first, log.head(45)), log.witness)
    expect(problemsOf(await verifyBundle(other({ checkpoint: late, older: null }), trusted))).toEqual([
      { code: 'signature-term', where: 'checkpoint' },
      { code: 'needs-checkpoint', where: 'chains' },
    ])
    const handover = await signHandover(log.first, log.second, log.head(20))
    const alone = handover.split('\n').toSpliced(-3, 1).join('\n')
    const handovers = (notes: string[]) => other({ log: { firstKey: log.first.verifier.vkey, handovers: notes } })
    expect(problemsOf(await verifyBundle(handovers([alone]), trusted))).toContainEqual({
      code: 'handover-signature',
      where: 'log.handovers.0',
    })
    expect(problemsOf(await verifyBundle(handovers([handover, handover]), trusted))).toContainEqual({
      code: 'handover-signature',
      where: 'log.handovers.1',
    })
    expect(problemsOf(await verifyBundle(handovers([]), trusted))).toContainEqual({
      code: 'signature-unknown',
      where: 'checkpoint',
    })
  })

  test('is caught when the checkpoint is of another log or nobody of the log signed it', async () => {
    const stranger = await aKey('other.example/log')
    const checkpoint = await signCheckpoint(stranger, log.head(45))
    expect(problemsOf(await verifyBundle(other({ checkpoint, witnesses: [] }), trusted))).toContainEqual({
      code: 'signature-unknown',
      where: 'checkpoint',
    })
    const witnessOnly = log.parts.checkpoint.split('\n').toSpliced(4, 1).join('\n')
    expect(problemsOf(await verifyBundle(other({ checkpoint: witnessOnly }), trusted))).toContainEqual({
      code: 'signature-missing',
      where: 'checkpoint',
    })
  })
})

describe('signatures and handovers', () => {
  const codeAt = async (parts: Partial<BundleParts>, where: string) =>
    problemsOf(await verifyBundle(other(parts), trusted))
      .filter((problem) => problem.where === where)
      .map(({ code }) => code)

  test('one false line beside a good one is not passed over', async () => {
    const [at, sound] = [log.parts.checkpoint.length - 10, log.parts.checkpoint]
    const checkpoint = `${sound.slice(0, at)}${sound[at] === 'A' ? 'B' : 'A'}${sound.slice(at + 1)}`
    expect(await codeAt({ checkpoint }, 'checkpoint')).toEqual(['signature-false'])
  })

  test("the log's key does not make the checkpoint of another log one of this log", async () => {
    const text = formatCheckpoint('other.example/log', log.head(45))
    const checkpoint = formatNote({ text, signatures: [await signText(log.second, text)] })
    expect(await codeAt({ checkpoint, witnesses: [] }, 'checkpoint')).toEqual(['checkpoint-origin'])
  })

  test('a handover follows the one before, in the same log and never at a smaller size', async () => {
    const third = await aKey()
    const [first, firstKey] = [await signHandover(log.first, log.second, log.head(20)), log.first.verifier.vkey]
    const then = async (handover: string) =>
      codeAt({ log: { firstKey, handovers: [first, handover] } }, 'log.handovers.1')
    expect(await then(await signHandover(log.second, third, log.head(20)))).toEqual([])
    expect(await then(await signHandover(log.second, third, log.head(19)))).toEqual(['handover-order'])
    const text = (parseNote(await signHandover(log.second, third, log.head(30)))?.text ?? '').replace(
      'keybond.example/log\n',
      'other.example/log\n',
    )
    const elsewhere = formatNote({ text, signatures: [await signText(log.second, text), await signText(third, text)] })
    expect(await then(elsewhere)).toEqual(['handover-order'])
    expect(await then(log.parts.checkpoint)).toEqual(['handover-malformed'])
  })
})

describe('what the events are of', () => {
  test('another order is not shown for this one', async () => {
    const subject = { kind: 'order', id: newId() } as const
    expect(problemsOf(await verifyBundle(other({ subject }), trusted))).toEqual([
      { code: 'subject-other', where: 'subject' },
    ])
    const [chain = []] = log.parts.chains
    const strange = aChain(['imported', 'delivered'], newId()).map((part, at) => ({ ...part, leafIndex: 40 + at }))
    const entries = strange.reduce(
      (all, { event, leafIndex }) => all.with(leafIndex, logEntry(sha256, event)),
      log.entries,
    )
    const checkpoint = await cosigned(await signCheckpoint(log.second, log.head(45, entries)), log.witness)
    const mixed = other({ checkpoint, chains: [chain, strange] }, entries)
    expect(problemsOf(await verifyBundle(mixed, trusted))).toEqual([{ code: 'subject-other', where: 'chains.1' }])
  })

  test('with destroyed salts the chain still holds, and whose order it was can no longer be shown', async () => {
    const chains = log.parts.chains.map((chain) => chain.map((part) => ({ ...part, opening: null })))
    const report = await verifyBundle(other({ chains }), trusted)
    expect(['chain', 'inclusion'].map((name) => outcomeOf(report, name as CheckName))).toEqual(['proved', 'proved'])
    expect(report.verdict).toBe('unproved')
    expect(problemsOf(report)).toEqual([
      { code: 'subject-unopened', where: 'chains.0' },
      { code: 'subject-unopened', where: 'chains.1' },
    ])
  })
})

describe('a changed bundle', () => {
  test('of which any one byte was changed is refuted', async () => {
    const small = await aLog([['imported', 'delivered']], 9)
    const bytes = utf8(small.text)
    const keys = [small.first.verifier.vkey]
    expect((await verifyBundle(small.text, keys)).verdict).toBe('proved')
    const passed: number[] = []
    // The lowest bit makes another digit or letter, the sixth the other case of the same letter.
    for (const bit of [0x01, 0x20]) {
      for (const at of bytes.keys()) {
        const report = await verifyBundle(new TextDecoder().decode(turned(bytes, at, bit)), keys)
        if (report.verdict !== 'refuted') passed.push(at)
      }
    }
    expect(bytes.length).toBeGreaterThan(3000)
    expect(passed).toEqual([])
  }, 120_000)

  test('of which any one field was changed is refuted, and the field is named', async () => {
    const bundle = JSON.parse(log.text) as Json
    const fields = leavesOfJson(bundle)
    expect(fields.length).toBeGreaterThan(90)
    const unnamed: string[] = []
    for (const path of fields) {
      const report = await verifyBundle(`${canonicalJson(changeAt(bundle, path))}\n`, trusted)
      const named = problemsOf(report).some(({ where }) => isOnePath(where, path.join('.')))
      if (report.verdict !== 'refuted' || !named) unnamed.push(path.join('.'))
    }
    expect(unnamed).toEqual([])
  })

  test('of which any one member was taken out or put in is refuted', async () => {
    const bundle = JSON.parse(log.text) as Record<string, Json>
    for (const key of Object.keys(bundle)) {
      const { [key]: _, ...rest } = bundle
      expect(await verifyBundle(canonicalJson(rest), trusted)).toMatchObject({ verdict: 'refuted', bundle: null })
    }
    const added = await verifyBundle(canonicalJson({ ...bundle, note: 'all is well' }), trusted)
    expect(problemsOf(added)).toEqual([{ code: 'not-a-bundle', where: '' }])
  })

  test('that is no JSON, was written over or says a thing twice is refuted', async () => {
    const code = async (text: string) => problemsOf(await verifyBundle(text, trusted)).map((problem) => problem.code)
    expect(await code('')).toEqual(['not-json'])
    expect(await code('[]')).toEqual(['not-a-bundle'])
    expect(await code(JSON.stringify(JSON.parse(log.text), null, 2))).toEqual(['not-canonical'])
    expect(await code(log.text.replace('{', '{"chains":[],'))).toEqual(['not-canonical'])
  })
})

test('a file of hostile shape is refused, not obeyed', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  expect((await verifyBundle(deep, trusted)).verdict).toBe('refuted')
  const proto = log.text.replace('"data":{', '"data":{"__proto__":{"orderId":"x"},')
  expect((await verifyBundle(proto, trusted)).verdict).toBe('refuted')
})

test('the tiles of the log of the fixture hold every entry', () => {
  expect([...shelfOf(log.entries).keys()]).toEqual(['tile/0/000.p/45', 'tile/entries/000.p/45'])
})

function leavesOfJson(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([key, member]) => leavesOfJson(member ?? null, [...path, key]))
}

/** The value with one leaf changed and everything else as it was; hex and base64 stay what they are in form. */
function changeAt(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined) return changed(value)
  if (Array.isArray(value)) return value.map((item: Json, at) => (String(at) === key ? changeAt(item, rest) : item))
  const members = Object.entries(value as Record<string, Json>)
  return Object.fromEntries(members.map(([name, item]) => [name, name === key ? changeAt(item, rest) : item]))
}

function changed(leaf: Json): Json {
  if (typeof leaf === 'number') return leaf + 1
  if (typeof leaf !== 'string') return 'something'
  if (leaf === 'order') return 'cdk'
  if (leaf === 'imported') return 'reserved'
  if (['reserved', 'delivered'].includes(leaf)) return 'revealed'
  // The middle of a UUID is a hyphen.
  const middle = Math.floor(leaf.length / 2)
  const at = leaf[middle] === '-' ? middle + 1 : middle
  return `${leaf.slice(0, at)}${leaf[at] === '1' ? '2' : '1'}${leaf.slice(at + 1)}`
}

const isOnePath = (one: string, two: string) =>
  one !== '' && (one === two || one.startsWith(`${two}.`) || two.startsWith(`${one}.`))
