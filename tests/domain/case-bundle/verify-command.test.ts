import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLogIdentity } from '@/lib/domain/sealing'
import { db } from '@/tests/support/database'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { changedAt } from './a-bundle'
import { aBundleOf, aTalkedCase } from './a-made-bundle'

const folder = mkdtempSync(path.join(tmpdir(), 'keybond-case-'))
let zip: Uint8Array<ArrayBuffer>
let vkey = ''

beforeAll(async () => {
  zip = await aBundleOf((await aTalkedCase()).complaintId)
  vkey = (await readLogIdentity(db, LOG_KEYS)).firstKey
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The command in an environment that knows neither database nor secrets. */
function verify(bytes: Uint8Array, ...args: string[]) {
  const file = path.join(folder, 'case.zip')
  writeFileSync(file, bytes)
  const { PATH = '' } = process.env
  const command = ['--import', 'tsx', 'lib/cli/provenance-verify.ts', file, ...args]
  const run = spawnSync(process.execPath, command, { env: { PATH, NODE_ENV: 'production' }, encoding: 'utf8' })
  return { code: run.status, out: run.stdout }
}

describe('npm run provenance:verify -- case.zip', { timeout: 60_000 }, () => {
  test('proves a sound file, and the CDKs in it', () => {
    const { code, out } = verify(zip, '--key', vkey)
    expect(out).toMatch(/^Case KC\S+ about order KB\S+, as of \S+\nPROVED\./u)
    expect(out).toContain('The CDKs in the public log\n\nProof about order')
    expect(code).toBe(0)
  })

  test('names the file of a changed byte', () => {
    const at = new TextDecoder('latin1').decode(zip).indexOf('picture picture')
    const { code, out } = verify(changedAt(zip, at + 3), '--key', vkey)
    expect(code).toBe(1)
    expect(out).toContain('evidence/1-激活 提示.png: this file is damaged')
  })

  test('says what it cannot say without a key to trust', () => {
    const { code, out } = verify(zip)
    expect(code).toBe(2)
    expect(out).toContain('NOT PROVED.')
  })
})
