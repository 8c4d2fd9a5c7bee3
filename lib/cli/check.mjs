import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { enterProject, generate, NODE } from './prepare.mjs'
import { attempt, Stop, stopOnSignals } from './progress.mjs'

const TSX = ['--import', 'tsx']
const LAYERS = ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.mjs']

/** @type {Record<string, string[][]>} */
const CHECKS = {
  types: [['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false', '-p', 'tsconfig.check.json']],
  lint: [['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--format', 'unix']],
  format: [['node_modules/oxfmt/bin/oxfmt', '--list-different']],
  unused: [['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints']],
  layers: [
    [...LAYERS, 'lib', 'app', 'components', 'i18n'],
    [...TSX, 'lib/cli/checks/run-pages.ts'],
  ],
  messages: [[...TSX, 'lib/cli/checks/run-messages.ts']],
  schema: [[...TSX, 'lib/cli/checks/run-schema.ts']],
}

/**
 * `npm run check [-- types lint ...]`: everything that can be said about the source without running it. The checks run side
 * by side; each prints its faults when it is done.
 */
try {
  enterProject()
  stopOnSignals()
  await generate()
  const wanted = process.argv.slice(2)
  const unknown = wanted.find((name) => !(name in CHECKS))
  if (unknown) throw new Stop(`There is no check ${unknown}; there are ${Object.keys(CHECKS).join(', ')}.`)
  await requireRouteTypes()
  const names = Object.keys(CHECKS).filter((name) => wanted.length === 0 || wanted.includes(name))
  const results = await Promise.all(names.map(runCheck))
  const failed = results.filter(({ passed }) => !passed)
  mkdirSync('test-results', { recursive: true })
  writeFileSync('test-results/check.json', JSON.stringify(results))
  if (failed.length > 0) console.log(`Failed: ${failed.map(({ name }) => name).join(', ')}`)
  process.exit(failed.length > 0 ? 1 : 0)
} catch (error) {
  console.error(error instanceof Stop ? error.message : error)
  process.exit(1)
}

/** Types of the routes, which the type checker and the type-aware linter both read. */
async function requireRouteTypes() {
  const { code, output } = await attempt(NODE, [path.resolve('node_modules/next/dist/bin/next'), 'typegen'])
  if (code !== 0) throw new Stop(`The types of the routes could not be made.\n${output.trimEnd()}`)
}

/** @param {string} name */
async function runCheck(name) {
  const begun = Date.now()
  let output = ''
  let passed = true
  for (const [program = '', ...args] of CHECKS[name] ?? []) {
    // oxlint's and oxfmt's launchers, like all others, are JavaScript: everything runs on the pinned Node.
    const result = await attempt(NODE, program.startsWith('--') ? [program, ...args] : [path.resolve(program), ...args])
    output += result.output
    passed &&= result.code === 0
    if (!passed) break
  }
  console.log(`${passed ? '✓' : '✗'} ${name}  ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  if (!passed) console.log(`${output.trimEnd()}\n`)
  return { name, passed }
}
