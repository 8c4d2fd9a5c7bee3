import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

const DECISIONS = 'docs/decisions'
const read = (file: string) => readFileSync(file, 'utf8')

test('every decision has a number of its own, the same in its name and its title', () => {
  const files = readdirSync(DECISIONS).filter((name) => name.endsWith('.md'))
  const numbers = files.map((name) => name.slice(0, 4))
  expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([])
  expect(files.filter((name) => !read(`${DECISIONS}/${name}`).startsWith(`# ${name.slice(0, 4)} `))).toEqual([])
})

test('every command that a document names is there', () => {
  const documents = ['README.md', 'lib/README.md', 'docs/operations.md', 'CHANGELOG.md']
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const known = new Set(Object.keys(scripts))
  const called = documents.flatMap((file) =>
    [...read(file).matchAll(/npm run ([\w:-]+)/gu)].map(([, name = '']) => name),
  )
  expect(called.filter((name) => !known.has(name))).toEqual([])
})

test('every command is explained to operators', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const told = read('docs/operations.md')
  // npm's own names run without `run`; lint is a part of check.
  const untold = Object.keys(scripts).filter(
    (name) => name !== 'lint' && !new RegExp(`npm (?:run )?${name}\\b`, 'u').test(told),
  )
  expect(untold).toEqual([])
})

test('every benchmark is explained', () => {
  const names = readdirSync('lib/cli/bench').map((file) => file.replace(/\.ts$/u, ''))
  for (const file of ['README.md', 'docs/operations.md']) {
    expect(names.filter((name) => !read(file).includes(`npm run bench -- ${name}`))).toEqual([])
  }
})

test('every setting is explained', () => {
  const told = read('docs/operations.md')
  const settings = new Set(read('lib/infra/env.ts').match(/\bKEYBOND_[A-Z]+(?:_[A-Z]+)*\b/gu))
  expect(settings.size).toBeGreaterThan(10)
  expect([...settings].filter((name) => !told.includes(`\`${name}\``))).toEqual([])
})
