import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  chainEvent,
  commit,
  describeReport,
  logEntry,
  newSalt,
  signCheckpoint,
  verifyBundle,
} from '@/lib/domain/provenance'
import { type ALog, aLog, bundleText } from './a-log'
import { sha256 } from './trees'

let log: ALog
let folder = ''
beforeAll(async () => {
  log = await aLog()
  folder = mkdtempSync(path.join(tmpdir(), 'keybond-proof-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The command in an environment that knows neither database nor secrets. */
function verify(...args: string[]) {
  const { PATH = '' } = process.env
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/provenance-verify.ts', ...args], {
    env: { PATH, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  return { code: run.status, out: run.stdout, err: run.stderr }
}

function file(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}

describe('npm run provenance:verify', { timeout: 60_000 }, () => {
  test('proves a sound bundle with the published key and says what that does not prove', () => {
    const { code, out } = verify(file('sound.json', log.text), '--key', log.second.verifier.vkey)
    expect(code).toBe(0)
    expect(out).toContain(`Proof about order ${log.orderId}\nPROVED.`)
    expect(out).toContain('Log: keybond.example/log, 45 entries, root ')
    expect(out).toMatch(/2 delivered +2026-11-01T02:00:00\.000Z merchant:[0-9a-f]{32} entry 23 \{"orderId":/u)
    expect(out).toContain('cosigned by witness.example/w1 at 2026-11-22T')
    expect(out).toContain('What this does not prove\n  - that a code worked')
    expect(out).not.toContain('FALSE')
  })

  test('names the event that was changed', () => {
    const forged = log.text.replace('"type":"reserved"', '"type":"revealed"')
    const { code, out } = verify(file('forged.json', forged), '--key', log.first.verifier.vkey)
    expect(code).toBe(1)
    expect(out).toContain('chains.0.1.event: the event is not the one that its hash stands for')
  })

  test('proves nothing without a key to trust, without a file, or with a key that is none', () => {
    const sound = file('sound.json', log.text)
    expect(verify(sound)).toMatchObject({ code: 2, out: expect.stringContaining('NOT PROVED') as string })
    expect(verify()).toMatchObject({ code: 2, err: expect.stringContaining('Usage:') as string })
    expect(verify(sound, '--kye', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('--kye') as string })
    expect(verify(sound, '--key', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('not a key') as string })
    expect(verify(path.join(folder, 'none.json'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT') as string,
    })
    expect(verify(file('text.json', 'hello'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('not JSON') as string,
    })
  })
})

test('text in a bundle cannot steer the terminal that shows it', async () => {
  const salt = newSalt()
  const data = { note: 'a\u001b[2Jb\u202ec' }
  const commitment = commit(sha256, salt, data)
  const first = log.parts.chains[0]?.[0]?.event
  if (!first) throw new Error('the log has a chain')
  const event = chainEvent(sha256, null, { ...first, commitment })
  const entries = log.entries.with(1, logEntry(sha256, event))
  const text = bundleText(
    {
      ...log.parts,
      subject: { kind: 'cdk', id: event.cdkId },
      log: { firstKey: log.first.verifier.vkey, handovers: [] },
      checkpoint: await signCheckpoint(log.first, log.head(45, entries)),
      older: null,
      witnesses: [],
      chains: [[{ event, opening: { salt, data }, leafIndex: 1 }]],
    },
    entries,
  )
  const shown = describeReport(await verifyBundle(text, [log.first.verifier.vkey]))
  expect(shown).toContain('PROVED')
  expect(shown).toContain('a\\u001b[2Jb\\u{202e}c')
  const named = describeReport(await verifyBundle(text.replace('"note":', '"\\u001b[2J":1.5,"note":'), []))
  expect(named).toContain('opening.data.\\u{1b}[2J: ')
})

test('what verifies needs nothing that a browser lacks', () => {
  const domain = 'lib/domain/provenance'
  const files = [
    ...readdirSync(domain).map((name) => `${domain}/${name}`),
    'lib/kernel/canonical-json.ts',
    'lib/kernel/invariant.ts',
  ]
  for (const name of files) {
    const source = readFileSync(name, 'utf8')
    const imports = Array.from(source.matchAll(/from '([^']+)'/gu), ([, from = '']) => from)
    const known = /^(?:\.\/[a-z-]+|zod\/mini|@\/lib\/kernel\/(?:canonical-json|invariant))$/u
    expect(imports.filter((from) => !known.test(from))).toEqual([])
    expect(source).not.toMatch(/\b(?:Buffer|process|require)\b/u)
  }
})
