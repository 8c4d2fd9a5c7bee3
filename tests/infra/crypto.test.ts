import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createCdkVault, normaliseCode } from '@/lib/infra/crypto/cdk-vault'
import { hashPassword, verifyPassword } from '@/lib/infra/crypto/password'

const vault = createCdkVault(randomBytes(32), randomBytes(32))
const HERE = { merchantId: 'm1', cdkId: 'c1' }

describe('the vault', () => {
  test('opens what it sealed, for the same CDK only', () => {
    const { key, wrappedKey, masterKeyVersion } = vault.newBatchKey()
    const sealed = vault.seal(key, HERE, '卡密 ABCD-1234')
    const again = vault.openBatchKey(wrappedKey, masterKeyVersion)
    expect(vault.open(again, HERE, sealed)).toBe('卡密 ABCD-1234')
    expect(() => vault.open(key, { ...HERE, cdkId: 'c2' }, sealed)).toThrow()
    expect(() => vault.open(key, { ...HERE, merchantId: 'm2' }, sealed)).toThrow()
    expect(() => vault.open(vault.newBatchKey().key, HERE, sealed)).toThrow()
  })

  test('notices every changed byte', () => {
    const { key } = vault.newBatchKey()
    const sealed = vault.seal(key, HERE, 'ABCD')
    for (const at of sealed.keys()) {
      const changed = new Uint8Array(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => vault.open(key, HERE, changed)).toThrow()
    }
    expect(() => vault.open(key, HERE, sealed.subarray(0, 20))).toThrow()
  })

  test('does not open batch keys of another master key, and never seals alike twice', () => {
    const other = createCdkVault(randomBytes(32), randomBytes(32))
    const { key, wrappedKey, masterKeyVersion } = vault.newBatchKey()
    expect(() => other.openBatchKey(wrappedKey, masterKeyVersion)).toThrow()
    expect(vault.seal(key, HERE, 'A')).not.toEqual(vault.seal(key, HERE, 'A'))
    expect(other.fingerprint('A')).not.toEqual(vault.fingerprint('A'))
  })
})

test.each([
  [' abcd-1234-ef ', 'ABCD1234EF'],
  ['ＡＢＣＤ１２３４', 'ABCD1234'],
  ['User----Pass-Word|x', 'User----Pass-Word|x'],
  ['https://example.com/a-B', 'https://example.com/a-B'],
])('normaliseCode reads %j', (code, expected) => {
  expect(normaliseCode(code)).toBe(expected)
})

test('passwords: right one yes, wrong one no, nobody no, damaged record no', async () => {
  const stored = await hashPassword('correct horse')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u)
  expect(await verifyPassword('correct horse', stored)).toBe(true)
  expect(await verifyPassword('wrong horse', stored)).toBe(false)
  expect(await verifyPassword('correct horse', null)).toBe(false)
  expect(await verifyPassword('correct horse', 'plain text')).toBe(false)
})
