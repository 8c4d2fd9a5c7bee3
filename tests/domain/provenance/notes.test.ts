import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  COSIGNATURE_V1,
  ED25519,
  type VerifierKey,
  cosignText,
  cosignatureMessage,
  formatCheckpoint,
  formatNote,
  importSigningKey,
  newSigningKey,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signCheckpoint,
  signText,
  toHex,
  utf8,
  verifyNote,
} from '@/lib/domain/provenance'

// Keys, texts and signatures of the tests of Go's reference implementation (golang.org/x/mod/sumdb/note).
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_PRIVATE = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'

// A checkpoint of a public staging log with the cosignature of one of its public witnesses.
const ARCHE = 'arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f'
const REMORA = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2'
const REAL = `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
`

const key = async (vkey: string): Promise<VerifierKey> => {
  const parsed = await parseVerifierKey(vkey)
  if (!parsed) throw new Error(`${vkey} is no key`)
  return parsed
}

describe('verifier keys', () => {
  test('are read with their algorithm', async () => {
    expect(await key(PETER)).toMatchObject({ name: 'PeterNeumann', keyId: 'c74f20a3', type: ED25519 })
    expect(await key(REMORA)).toMatchObject({ name: 'remora.n621.de', keyId: 'da77ade7', type: COSIGNATURE_V1 })
    // The base64 of a key may contain a plus sign.
    expect(await key('TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6')).toMatchObject({ name: 'TEST' })
  })

  test('are not read cut, changed, too long or of another algorithm', async () => {
    const others = [
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
      'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
      PETER.replace('c74f20a3', 'C74F20A3'),
    ]
    for (let from = 0; from < PETER.length; from++) {
      others.push(PETER.slice(0, from), PETER.slice(from + 1))
      others.push(`${PETER.slice(0, from)}${String.fromCharCode(PETER.charCodeAt(from) + 1)}${PETER.slice(from + 1)}`)
    }
    expect(await Promise.all(others.map(parseVerifierKey))).toEqual(others.map(() => null))
  })
})

describe('signed notes', () => {
  test('are signed byte for byte as the reference implementation signs them', async () => {
    const signer = await importSigningKey(PETER_PRIVATE)
    expect(signer.verifier.vkey).toBe(PETER)
    expect(formatNote({ text: TEXT, signatures: [await signText(signer, TEXT)] })).toBe(`${TEXT}\n${PETER_LINE}`)
  })

  test('say who signed, pass unknown keys over and name what does not hold', async () => {
    const [peter, enoch] = [await key(PETER), await key(ENOCH)]
    const note = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`
    expect(await verifyNote(note, [peter, enoch])).toMatchObject({
      text: TEXT,
      verified: [{ key: peter, at: null }, { key: enoch }],
      unknown: [],
      refuted: [],
    })
    expect(await verifyNote(note, [peter])).toMatchObject({
      verified: [{ key: peter }],
      unknown: [{ name: 'EnochRoot' }],
    })
    expect(await verifyNote(`${TEXT}\n${PETER_LINE}${PETER_LINE}`, [peter])).toMatchObject({
      verified: [{ key: peter }],
    })
    expect(await verifyNote(note.replace('answer', 'ansver'), [peter])).toMatchObject({
      verified: [],
      refuted: [{ name: 'PeterNeumann' }],
    })
  })

  test('of another form are none', () => {
    const bad = [
      TEXT,
      `${TEXT}\n`,
      `${TEXT}\n${PETER_LINE.slice(0, -1)}`,
      `\u0001${TEXT}\n${PETER_LINE}`,
      `\ud800${TEXT}\n${PETER_LINE}`,
      `${TEXT}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`,
      `${TEXT}\n${PETER_LINE}Unexpected line.\n`,
      `${TEXT}\n${PETER_LINE.replace('—', '-')}`,
      `${TEXT}\n${PETER_LINE.replace('JnAM=', 'JnAN=')}`,
      `${TEXT}\n${PETER_LINE.repeat(101)}`,
    ]
    expect(bad.map(parseNote)).toEqual(bad.map(() => null))
  })

  test('may have empty lines in their text; the last one divides', () => {
    expect(parseNote(`a\n\nb\n\n${PETER_LINE}`)?.text).toBe('a\n\nb\n')
  })

  test('no changed letter of a signed note passes', async () => {
    const peter = await key(PETER)
    const note = `${TEXT}\n${PETER_LINE}`
    await fc.assert(
      fc.asyncProperty(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = `${note.slice(0, at)}${String.fromCharCode(note.charCodeAt(at) ^ change)}${note.slice(at + 1)}`
        expect((await verifyNote(changed, [peter]))?.verified ?? []).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('signing keys', () => {
  test('fresh ones sign what their public key verifies', async () => {
    const signer = await importSigningKey(await newSigningKey('log.example/keybond'))
    const note = formatNote({ text: 'hello\n', signatures: [await signText(signer, 'hello\n')] })
    expect(await verifyNote(note, [await key(signer.verifier.vkey)])).toMatchObject({ verified: [{ at: null }] })
  })

  test('changed or misused ones are a broken set-up', async () => {
    await expect(importSigningKey(PETER)).rejects.toThrow('no signing key')
    await expect(importSigningKey(PETER_PRIVATE.replace('c74f20a3', 'c74f20a4'))).rejects.toThrow('its id names')
    await expect(newSigningKey('two words')).rejects.toThrow('no key may have the name')
    const [log, witness] = await Promise.all([importSigningKey(PETER_PRIVATE), aWitness()])
    await expect(cosignText(log, 'x\n', 1)).rejects.toThrow('does not cosign')
    await expect(signText(witness, 'x\n')).rejects.toThrow('cosigns')
  })
})

describe('checkpoints', () => {
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
  const text = `example.com/behind-the-sofa\n20852163\n${root}\n`

  test('are read and written as the specification shows them', () => {
    const parsed = parseCheckpoint(text)
    expect(parsed).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163, extensions: [] })
    if (!parsed) throw new Error('no checkpoint')
    expect(toHex(parsed.root).slice(0, 8)).toBe('0ac5186a')
    expect(formatCheckpoint(parsed.origin, parsed)).toBe(text)
    expect(parseCheckpoint(`${text}more\n`)?.extensions).toEqual(['more'])
    expect(parseCheckpoint(`empty\n0\n${root}\n`)?.size).toBe(0)
  })

  test('of another form are none', () => {
    const bad = [
      text.slice(0, -1),
      `${text}\n`,
      `\n1\n${root}\n`,
      `log\n01\n${root}\n`,
      `log\n-1\n${root}\n`,
      `log\n1e3\n${root}\n`,
      `log\n99999999999999999999\n${root}\n`,
      'log\n1\nAAAA\n',
      `log\n1\n${root.replace('2I=', '2J=')}\n`,
    ]
    expect(bad.map(parseCheckpoint)).toEqual(bad.map(() => null))
  })

  test('signed by the log carry its name as origin', async () => {
    const signer = await importSigningKey(await newSigningKey('log.example/keybond'))
    const note = await signCheckpoint(signer, { size: 0, root: new Uint8Array(32) })
    const verified = await verifyNote(note, [signer.verifier])
    expect(parseCheckpoint(verified?.text ?? '')).toMatchObject({ origin: 'log.example/keybond', size: 0 })
    expect(verified?.verified).toHaveLength(1)
  })
})

describe('cosignatures', () => {
  test('of a public log and a public witness verify, with the time the witness states', async () => {
    const [arche, remora] = [await key(ARCHE), await key(REMORA)]
    const verified = await verifyNote(REAL, [arche, remora])
    expect(verified?.verified).toEqual([
      { key: arche, at: null },
      { key: remora, at: 0x6a122120 },
    ])
    expect(verified?.unknown).toHaveLength(2)
    const changed = await verifyNote(REAL.replace('1432088532', '1432088533'), [arche, remora])
    expect(changed).toMatchObject({ verified: [], refuted: [{ name: arche.name }, { name: remora.name }] })
  })

  test('cover the time and the whole text', async () => {
    const witness = await aWitness()
    const line = await cosignText(witness, 'log\n1\nroot\nextension\n', 1_679_315_147)
    expect(cosignatureMessage('log\n', 1_679_315_147)).toEqual(utf8('cosignature/v1\ntime 1679315147\nlog\n'))
    const verify = (text: string, signature = line.signature) =>
      verifyNote(formatNote({ text, signatures: [{ ...line, signature }] }), [witness.verifier])
    expect(await verify('log\n1\nroot\nextension\n')).toMatchObject({ verified: [{ at: 1_679_315_147 }] })
    expect(await verify('log\n1\nroot\nextensiom\n')).toMatchObject({ verified: [], refuted: [{}] })
    for (const at of line.signature.keys()) {
      const changed = line.signature.with(at, (line.signature[at] ?? 0) ^ 1)
      expect(await verify('log\n1\nroot\nextension\n', changed)).toMatchObject({ verified: [], refuted: [{}] })
    }
    expect(await verify('log\n1\nroot\nextension\n', line.signature.slice(0, 8))).toMatchObject({ refuted: [{}] })
  })
})

async function aWitness() {
  return importSigningKey(await newSigningKey('witness.example/w1', COSIGNATURE_V1))
}
