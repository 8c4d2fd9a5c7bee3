import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const NOBODY = 65_534
const server = inject('server')
let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keybond-start-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

/** What a start that cannot succeed says, and its exit code. It is killed if it gets as far as building. */
async function start(
  env: Record<string, string>,
  { uid, flags = [] }: { uid?: number; flags?: string[] } = {},
): Promise<{ code: unknown; lines: string[] }> {
  const { DATABASE_URL: _, npm_lifecycle_event: __, ...inherited } = process.env
  const settings = { KEYBOND_DATA_DIR: path.join(root, 'data'), PORT: '0', ...env }
  const child = spawn(process.execPath, [...flags, 'lib/cli/start.mjs'], {
    env: { ...inherited, ...settings, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk)
      if (/generate the database client|build the web application|open the database/u.test(output)) child.kill()
    })
  }
  const ended: unknown[] = await once(child, 'close')
  return { code: ended[0], lines: output.trim().split('\n') }
}

const refusal = (sentence: RegExp) => ({ code: 1, lines: [expect.stringMatching(sentence)] })

describe('npm start refuses in one sentence, with exit code 1 and before the long part:', { timeout: 30_000 }, () => {
  test('a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    expect(await start({ PORT: String(port) })).toEqual(refusal(new RegExp(`^Port ${port} is in use; `, 'u')))
    taken.close()
  })

  test('a Node that is too old', async () => {
    const older = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.18.3"}})'
    expect(await start({}, { flags: ['--import', older] })).toEqual(
      refusal(/^Keybond needs Node 20\.19 or newer to start; this is 20\.18\.3\.$/u),
    )
  })

  test('a data folder that cannot be made', async () => {
    writeFileSync(path.join(root, 'file'), 'stands in the way')
    const folder = path.join(root, 'file', 'data')
    expect(await start({ KEYBOND_DATA_DIR: folder })).toEqual(
      refusal(/^The folder .*file\/data cannot be written \(ENOTDIR\); /u),
    )
  })

  test('a read-only data folder', async ({ skip }) => {
    // Root writes everywhere, so it lets nobody start the mall: if nobody can read where it is installed.
    const uid = process.getuid?.() === 0 ? NOBODY : undefined
    const readable = spawnSync(process.execPath, ['--check', 'lib/cli/start.mjs'], uid === undefined ? {} : { uid })
    skip(readable.status !== 0, 'the project can only be read by root')
    const folder = path.join(root, 'data')
    mkdirSync(folder, { mode: 0o555 })
    chmodSync(root, 0o755)
    expect(await start({ KEYBOND_DATA_DIR: folder, HOME: root }, uid === undefined ? {} : { uid })).toEqual(
      refusal(/^The folder .*\/data cannot be written \(EACCES\); /u),
    )
  })

  test.for<[string, (url: URL) => void, RegExp]>([
    [
      'where nothing listens',
      (url) => (url.port = '1'),
      /^DATABASE_URL cannot be used \(database .*\): nothing listens there\.$/u,
    ],
    [
      'with a wrong password',
      (url) => (url.password = 'wrong'),
      /^DATABASE_URL cannot be used .*password authentication failed/u,
    ],
    [
      'of a database that is not there',
      (url) => (url.pathname = '/nowhere'),
      /^DATABASE_URL cannot be used .*database "nowhere" does not exist/u,
    ],
    [
      'on a host that is not known',
      (url) => (url.hostname = 'db.invalid'),
      /^DATABASE_URL cannot be used \(database .* at db\.invalid/u,
    ],
  ])('a DATABASE_URL %s', async ([, spoil, reason]) => {
    const url = new URL(server.url)
    spoil(url)
    expect(await start({ DATABASE_URL: url.href })).toEqual(refusal(reason))
  })

  test.for<[string, Record<string, string>, RegExp]>([
    ['a DATABASE_URL that is no address', { DATABASE_URL: 'localhost:5432' }, /^DATABASE_URL must look like /u],
    ['a PORT that is no number', { PORT: 'http' }, /^PORT must be a port number/u],
    ['an unknown setting', { KEYBOND_DATADIR: '/tmp' }, /^KEYBOND_DATADIR is not a setting/u],
    ['a malformed key', { KEYBOND_MASTER_KEY: 'short' }, /^KEYBOND_MASTER_KEY must be 32 bytes/u],
    ['production on the sandbox bank', { KEYBOND_MODE: 'production' }, /refuses to start on the sandbox bank/u],
  ])('%s', async ([, env, sentence]) => {
    expect(await start(env)).toEqual(refusal(sentence))
    expect(existsSync(path.join(root, 'data', 'secrets'))).toBe(false)
  })
})
