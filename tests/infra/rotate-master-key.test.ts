import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { receiveUpload } from '@/app/[locale]/merchant/stock/receive-upload'
import { placeCheckout, recordPayment, revealCdks } from '@/lib/domain/orders'
import { importCdks } from '@/lib/domain/stock'
import { ConfigError } from '@/lib/infra/env'
import { fileStore } from '@/lib/infra/files'
import { checkKeys } from '@/lib/infra/key-check'
import { WRAPPED_KEY_TABLES, masterKeysInUse } from '@/lib/infra/master-key-use'
import { beginRotation, rewrapKeys } from '@/lib/infra/rotate-master-key'
import { newestVersion, secretsDir } from '@/lib/infra/secrets'
import { cdkVault } from '@/lib/infra/vault'
import { newId } from '@/lib/kernel/ids'
import { databaseUrl, db } from '@/tests/support/database'
import { BUYER, NOW, aCapture, aListing, aPurchase, codes, onlyOrderOf, run } from '@/tests/support/factories'
import { NO_STOP, choose, inOnePiece, takeNext, tools } from '@/tests/support/imports'

/** This file's keys; read when `env()` is asked for the first time, below. */
const dataDir = mkdtempSync(path.join(tmpdir(), 'keybond-keys-'))
process.env.KEYBOND_DATA_DIR = dataDir
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true })
})
const keyFile = (name: string) => path.join(secretsDir(dataDir), `${name}.key`)

let variant = { merchantId: '', variantId: '' }
beforeEach(async () => {
  await checkKeys(db, NOW)
  const { merchantId, variantId } = await aListing({ stock: 0 })
  variant = { merchantId, variantId }
})

async function upload(count: number): Promise<string[]> {
  const fresh = codes(count)
  const batch = { ...variant, uploadedById: newId(), fileName: null, text: fresh.join('\n') }
  await run((tx) => importCdks(tx, cdkVault(), batch, NOW))
  return fresh
}

/** Batches without a CDK: only their keys matter. */
async function emptyBatches(count: number): Promise<void> {
  const data = Array.from({ length: count }, () => {
    const { wrappedKey, masterKeyVersion } = cdkVault().newBatchKey()
    const counts = { acceptedCount: 0, rejectedCount: 0 }
    return { id: newId(), ...variant, uploadedById: newId(), wrappedKey, masterKeyVersion, ...counts, createdAt: NOW }
  })
  await db.stockBatch.createMany({ data })
}

async function buyAndLook(): Promise<string | undefined> {
  const placed = await run((tx) => placeCheckout(tx, aPurchase(variant), NOW))
  const capture = await aCapture(placed.checkoutId)
  await run((tx) => recordPayment(tx, placed.checkoutId, capture, NOW))
  const wanted = { orderId: onlyOrderOf(placed).orderId, consent: true }
  const [cdk] = await run((tx) => revealCdks(tx, cdkVault(), wanted, BUYER, NOW))
  return cdk?.code
}

/** The command, in a process that can be killed. */
function keys(command: string, env: Record<string, string> = {}): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/keys.ts', command], {
    env: { ...process.env, DATABASE_URL: databaseUrl, KEYBOND_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  return { child, said: () => said }
}

async function runKeys(command: string, env?: Record<string, string>): Promise<{ code: unknown; said: string }> {
  const { child, said } = keys(command, env)
  const ended: unknown[] = await once(child, 'close')
  return { code: ended[0], said: said() }
}

/** Each command is a process, and other tests want the cores as well. */
const SLOW = { timeout: 120_000 }

const versionsInUse = async () => [...(await masterKeysInUse(db)).keys()]

test('every table that holds a wrapped key is rotated, and audited', async () => {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.columns WHERE column_name = 'wrappedKey' ORDER BY 1`
  expect(rows.map(({ name }) => name)).toEqual([...WRAPPED_KEY_TABLES])
  const audited = readFileSync('lib/queries/audit/keys.ts', 'utf8')
  for (const { name } of rows) expect(audited).toContain(`FROM ${name} `)
})

test('rotates while people upload, buy and look: every code comes out as it went in', async () => {
  const stored = new Set(await upload(60))
  await emptyBatches(250)
  const before = newestVersion('master') ?? 0
  const { version, resumed } = await beginRotation(db, NOW)
  expect({ version, resumed }).toEqual({ version: before + 1, resumed: false })

  const rotated = rewrapKeys(db, cdkVault(), version)
  const looked: (string | undefined)[] = []
  const shopping = Array.from({ length: 4 }, async () => {
    for (let bought = 0; bought < 10; bought++) looked.push(await buyAndLook())
  })
  const more = await upload(5)
  await Promise.all([rotated, ...shopping])
  for (const code of more) stored.add(code)
  expect(looked).toHaveLength(40)
  expect(new Set(looked).size).toBe(40)
  for (const code of looked) expect(stored.has(code ?? '')).toBe(true)
  expect(await versionsInUse()).toEqual([version])
})

test('killed in the middle, it goes on with the same key', SLOW, async () => {
  await emptyBatches(350)
  const before = newestVersion('master') ?? 0
  const { id: last } = await db.stockBatch.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const { child, said } = keys('rotate')
  const closed = once(child, 'close')
  // It cannot get past the last chunk while this row is held.
  await db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT id FROM stock_batch WHERE id = ${last}::uuid FOR UPDATE`
      await expect.poll(said, { timeout: 30_000 }).toContain('300 keys wrapped')
      child.kill('SIGKILL')
      await closed
    },
    { timeout: 40_000 },
  )
  expect(await versionsInUse()).toEqual([before, before + 1])

  const again = await runKeys('rotate')
  expect(again.said).toContain(`Going on with master-${before + 1}.`)
  expect(again.code).toBe(0)
  expect(await versionsInUse()).toEqual([before + 1])
})

test(
  'the old key may go once nothing is under it; a lost new one is told, by everybody, and never made again',
  SLOW,
  async () => {
    await upload(1)
    const { version } = await beginRotation(db, NOW)
    await rewrapKeys(db, cdkVault(), version)
    const oldName = version === 2 ? 'master' : `master-${version - 1}`
    rmSync(keyFile(oldName))
    const status = await runKeys('status')
    expect(status.said).toMatch(new RegExp(`${oldName} .*gone, nothing is under it`, 'u'))
    expect(status.code).toBe(0)

    renameSync(keyFile(`master-${version}`), `${keyFile(`master-${version}`)}.away`)
    const lost = await runKeys('status')
    expect(lost.code).toBe(1)
    expect(lost.said).toContain('MISSING')
    const refused = await runKeys('rotate')
    expect(refused.code).toBe(1)
    expect(refused.said).toMatch(
      new RegExp(`^The master-${version} key is missing.*KEYBOND_MASTER_KEY_${version}\\.\n$`, 'u'),
    )
    expect(existsSync(keyFile(`master-${version}`))).toBe(false)
    expect(existsSync(keyFile(oldName))).toBe(false)

    writeFileSync(keyFile(`master-${version}`), '0'.repeat(64))
    const wrong = await runKeys('rotate')
    expect(wrong.said).toContain(`The master-${version} key is not the one this database was written with`)
    renameSync(`${keyFile(`master-${version}`)}.away`, keyFile(`master-${version}`))
  },
)

test('an upload that comes in while the key is rotated lies under the new one', async () => {
  async function* slow(): AsyncGenerator<Uint8Array, void> {
    yield Buffer.from('KB-1\n')
    const { version } = await beginRotation(db, NOW)
    await rewrapKeys(db, cdkVault(), version)
    yield Buffer.from('KB-2\n')
  }
  await receiveUpload(slow(), { ...variant, userId: newId(), fileName: null }, { run, now: NOW })
  expect([...(await masterKeysInUse(db)).keys()]).toEqual([newestVersion('master')])
  const { fileKey, wrappedKey, masterKeyVersion } = await db.stockImport.findFirstOrThrow()
  const pieces = []
  const opened = fileStore().openFile(fileKey ?? '', cdkVault().openBatchKey(wrappedKey, masterKeyVersion))
  for await (const piece of opened) pieces.push(piece)
  expect(Buffer.concat(pieces).toString()).toBe('KB-1\nKB-2\n')
})

test('a batch whose first codes come after a rotation lies under the new key', async () => {
  const [code = ''] = codes(1)
  const importId = await receiveUpload(
    inOnePiece(Buffer.from(code)),
    { ...variant, userId: newId(), fileName: null },
    {
      run,
      now: NOW,
    },
  )
  await choose(variant, importId)
  const bulk: typeof tools.bulk = async (work) => {
    const { version } = await beginRotation(db, NOW)
    await rewrapKeys(db, cdkVault(), version)
    return tools.bulk(work)
  }
  expect(await takeNext(new Date(), NO_STOP, { bulk, vault: cdkVault(), files: fileStore() })).toBe('done')
  expect([...(await masterKeysInUse(db)).keys()]).toEqual([newestVersion('master')])
  expect(await buyAndLook()).toBe(code)
})

test("the log's next key is made, kept and handed over to", SLOW, async () => {
  const handed = await runKeys('log')
  expect(handed.said).toMatch(/^The log is signed by log-2 from now on: \S+\+[0-9a-f]{8}\+\S+$/mu)
  expect(handed.code).toBe(0)
  expect(await db.logHandover.count()).toBe(1)
  const key = readFileSync(keyFile('log-2'), 'utf8')
  expect((await runKeys('log')).said).toContain('signed by log-3')
  expect(readFileSync(keyFile('log-2'), 'utf8')).toBe(key)

  renameSync(keyFile('log-3'), `${keyFile('log-3')}.away`)
  const refused = await runKeys('log')
  expect(refused.code).toBe(1)
  expect(refused.said).toContain('KEYBOND_LOG_KEY_3')
  expect(existsSync(keyFile('log-3'))).toBe(false)
  expect(existsSync(keyFile('log-4'))).toBe(false)
  renameSync(`${keyFile('log-3')}.away`, keyFile('log-3'))
  const outside = await runKeys('log', { KEYBOND_LOG_KEY_3: readFileSync(keyFile('log-3'), 'utf8').trim() })
  expect(outside.said).toContain('set KEYBOND_LOG_KEY_4 ')
  expect(outside.code).toBe(1)
})

test('a key from the environment is followed by one from the environment only', SLOW, async () => {
  await upload(1)
  const newest = newestVersion('master') ?? 0
  const outside = { [`KEYBOND_MASTER_KEY_${newest + 1}`]: 'b'.repeat(64) }
  const told = await runKeys('rotate', outside)
  expect(told.said).toContain(`Going on with master-${newest + 1}.`)
  expect(told.code).toBe(0)
  const next = await runKeys('rotate', outside)
  expect(next.said).toContain(`set KEYBOND_MASTER_KEY_${newest + 2} `)
  expect(next.code).toBe(1)
  await expect(checkKeys(db, NOW)).rejects.toThrow(ConfigError)
})
