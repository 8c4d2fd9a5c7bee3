import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { messageFaults } from '@/lib/cli/checks/messages'
import { pagesThatRead } from '@/lib/cli/checks/pages'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keybond-layers-'))
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'))
  for (const file of ['.dependency-cruiser.mjs', 'lib/cli/layers-resolve.mjs']) cpSync(file, path.join(root, file))
  write('lib/infra/db.ts', 'export const db = 1')
  write('lib/infra/prisma/client.ts', 'export const Prisma = 1')
  write('lib/kernel/money.ts', 'export const money = 1')
  write('lib/domain/tx.ts', "export { Prisma } from '@/lib/infra/prisma/client'")
  write('lib/domain/ledger/index.ts', "export * from './post'")
  write('lib/domain/ledger/post.ts', "import { money } from '@/lib/kernel/money'\nexport const post = money")
  write('lib/domain/stock/index.ts', "import { post } from '@/lib/domain/ledger'\nexport const claim = post")
  write('lib/domain/orders/index.ts', "import { claim } from '@/lib/domain/stock'\nexport const place = claim")
  write('lib/domain/complaints/index.ts', "import { place } from '@/lib/domain/orders'\nexport const open = place")
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

/** The names of the rules that the scratch project breaks. */
async function broken(): Promise<string[]> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [program, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'lib']
  const run = promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 10_000_000 })
  const { stdout } = await run.catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) }
    throw error
  })
  const names = [...stdout.matchAll(/"rule":\s*\{\s*"severity":\s*"error",\s*"name":\s*"([a-z-]+)"/g)].map(
    ([, rule]) => rule,
  )
  return [...new Set(names)].map(String).toSorted()
}

test('the arrows as drawn are accepted', async () => {
  expect(await broken()).toEqual([])
})

test.for<[rule: string, file: string, text: string]>([
  ['kernel-depends-on-nothing', 'lib/kernel/time.ts', "export * from '@/lib/domain/ledger'"],
  ['domain-sees-kernel-and-domain-only', 'lib/domain/orders/cancel.ts', "export { db } from '@/lib/infra/db'"],
  ['domain-uses-no-framework-or-network', 'lib/domain/orders/mail.ts', "import 'node:http'\nexport {}"],
  ['domain-leaves-see-no-other-noun', 'lib/domain/ledger/peek.ts', "export { place } from '@/lib/domain/orders'"],
  ['domain-leaves-see-no-other-noun', 'lib/domain/coupons/peek.ts', "export { post } from '@/lib/domain/ledger'"],
  ['domain-middle-uses-leaves', 'lib/domain/stock/peek.ts', "export { place } from '@/lib/domain/orders'"],
  [
    'domain-merchants-use-payments-and-leaves',
    'lib/domain/merchants/peek.ts',
    "export { place } from '@/lib/domain/orders'",
  ],
  ['domain-orders-use-what-is-below', 'lib/domain/orders/peek.ts', "export { open } from '@/lib/domain/complaints'"],
  ['infra-sees-no-business', 'lib/infra/shortcut.ts', "export { post } from '@/lib/domain/ledger'"],
  ['nothing-imports-commands', 'lib/web/boot.ts', "export * from '@/lib/cli/layers-resolve.mjs'"],
  ['no-circles', 'lib/kernel/money.ts', "export * from './other'"],
])('%s fails on a seeded violation', async ([rule, file, text]) => {
  write('lib/kernel/other.ts', "export * from './money'")
  write(file, text)
  expect(await broken()).toContain(rule)
})

test('a page that asks the database itself is found', () => {
  write('app/good/page.tsx', 'const order = await findOrder(db(), id)')
  write('app/bad/page.tsx', 'const order = await db().order.findMany()')
  const files = ['app/good/page.tsx', 'app/bad/page.tsx'].map((file) => path.join(root, file))
  expect(pagesThatRead(files)).toEqual([path.join(root, 'app/bad/page.tsx')])
})

test('a text that only one language has is found', () => {
  write('messages/zh-CN/cart.json', '{"title": "购物车", "empty": {"hint": "空"}}')
  write('messages/en/cart.json', '{"title": "", "extra": "x"}')
  expect(messageFaults(path.join(root, 'messages')).toSorted()).toEqual([
    'en/cart.json has an empty text at title',
    'en/cart.json has no empty.hint; zh-CN has it',
    'zh-CN/cart.json has no extra; en has it',
  ])
})
