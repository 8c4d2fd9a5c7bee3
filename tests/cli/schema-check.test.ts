import { execFile } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keybond-schema-'))
  for (const name of ['lib', 'node_modules']) symlinkSync(path.resolve(name), path.join(root, name))
  for (const name of ['package.json', 'tsconfig.json', 'prisma'])
    cpSync(name, path.join(root, name), { recursive: true })
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

/** The check as `npm run check` runs it, on a copy of prisma/. */
async function check(): Promise<{ code: number; output: string }> {
  const args = ['--import', 'tsx', 'lib/cli/checks/run-schema.ts']
  return promisify(execFile)(process.execPath, args, { cwd: root }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && 'stderr' in error)
        return { code: Number(error.code), output: String(error.stderr) }
      throw error
    },
  )
}

test(
  'the check of the schema passes, and fails as soon as the schema has what no migration makes',
  { timeout: 60_000 },
  async () => {
    expect(await check()).toEqual({ code: 0, output: '' })
    appendFileSync(path.join(root, 'prisma/schema/accounts.prisma'), '\nmodel Stray {\n  id Int @id\n}\n')
    const { code, output } = await check()
    expect(code).toBe(1)
    expect(output).toContain('npm run migrate:new')
    expect(output).toContain('CREATE TABLE "Stray"')
  },
)
