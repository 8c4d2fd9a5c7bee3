import { expect, test } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { scannerOf } from '@/lib/infra/evidence-scanner'
import { inPieces } from '@/tests/support/evidence'

const folder = mkdtempSync(path.join(tmpdir(), 'keybond-test-scanner-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A scanner of a few lines of JavaScript. */
function scanner(name: string, code: string, longestMs?: number) {
  const script = path.join(folder, `${name}.mjs`)
  writeFileSync(script, code)
  return scannerOf(`${process.execPath} ${script}`, longestMs)
}

const READ = 'let text = ""; for await (const piece of process.stdin) text += piece.toString("latin1");'
const LARGE = () => inPieces(Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024, 'a')))

test('0 is clean, 1 is infected, as the bytes on its standard input are', async () => {
  const scan = scanner('finds', `${READ} process.exit(text.includes("EICAR") ? 1 : 0)`)
  expect(await scan(LARGE())).toBe('clean')
  expect(await scan(inPieces([Buffer.from('xEIC'), Buffer.from('AR')]))).toBe('infected')
})

test('one that knows early need not read on', async () => {
  expect(await scanner('early', 'process.exit(1)')(LARGE())).toBe('infected')
})

test('missing, crashing, hanging, or clean without having looked: nobody has looked', async () => {
  expect(await scannerOf('/no/such/scanner -')(LARGE())).toBe('unavailable')
  expect(await scanner('errs', `${READ} process.exit(2)`)(LARGE())).toBe('unavailable')
  expect(await scanner('dies', 'process.kill(process.pid, "SIGKILL")')(LARGE())).toBe('unavailable')
  expect(await scanner('blind', 'process.stdin.destroy(); process.exit(0)')(LARGE())).toBe('unavailable')
  expect(await scanner('hangs', 'setInterval(() => {}, 1000)', 500)(LARGE())).toBe('unavailable')
})

test('without one everything is read and clean', async () => {
  let count = 0
  const counted = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of LARGE()) {
      count += piece.length
      yield piece
    }
  }
  expect(await scannerOf(undefined)(counted())).toBe('clean')
  expect(await scannerOf(' ')(counted())).toBe('clean')
  expect(count).toBe(2 * 64 * 64 * 1024)
})
