import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { enterProject, generate, install, NODE } from './prepare.mjs'
import { attempt, Stop, stopOnSignals } from './progress.mjs'

/**
 * `npm test`: installs, then runs the checks, the unit and integration tests, the production build and the browser tests,
 * all of them even when an early one fails, and sums them up in the last line.
 */
const RESULTS = 'test-results'
const total = { passed: 0, failed: 0 }
/**
 * Names of what failed, told once more at the end: whoever reads only the last lines must find them.
 *
 * @type {string[]}
 */
const failures = []

try {
  enterProject()
  stopOnSignals()
  await install()
  rmSync(RESULTS, { recursive: true, force: true })
  mkdirSync(RESULTS, { recursive: true })
  await generate()
  await part('checks', ['lib/cli/check.mjs'], countChecks)
  await part('unit and integration tests', ['node_modules/vitest/vitest.mjs', ...vitestFlags()], countUnit)
  await part('browser tests', ['--import', 'tsx', 'lib/cli/e2e.ts'], countBrowser)
} catch (error) {
  console.error(error instanceof Stop ? error.message : error)
  total.failed += 1
}
for (const name of failures) console.log(`failed: ${name}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

function vitestFlags() {
  return ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}/unit.json`]
}

/**
 * Runs one part and adds what its report says. A part that ends badly with nothing failed in its report (it crashed, or
 * left none) counts as one failure: silence is not success.
 *
 * @param {string} name
 * @param {string[]} args
 * @param {() => { passed: number, failed: number }} count
 */
async function part(name, args, count) {
  const begun = Date.now()
  console.log(`\n── ${name}`)
  const { code } = await attempt(NODE, args, { show: true, env: { CI: process.env.CI ?? 'true' } })
  let { passed, failed } = { passed: 0, failed: 0 }
  try {
    ;({ passed, failed } = count())
  } catch (error) {
    console.error(`${name} left no report: ${String(error)}`)
  }
  if (code !== 0 && failed === 0) failed = 1
  if (code === 0 && passed === 0) failed += 1
  total.passed += passed
  total.failed += failed
  console.log(`── ${name}: ${passed} passed, ${failed} failed, ${((Date.now() - begun) / 1000).toFixed(0)} s`)
}

function countChecks() {
  /** @type {{ name: string, passed: boolean }[]} */
  const results = report('check.json')
  const passed = results.filter((result) => result.passed).length
  failures.push(...results.filter((result) => !result.passed).map((result) => `check ${result.name}`))
  return { passed, failed: results.length - passed }
}

function countUnit() {
  /** @type {{ numPassedTests: number, numFailedTests: number, numFailedTestSuites: number, testResults: { name: string, status: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = report('unit.json')
  for (const { name, assertionResults } of testResults.filter(({ status }) => status === 'failed')) {
    const failed = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
    failures.push(`${path.relative(process.cwd(), name)} ${failed.join(' | ')}`)
  }
  return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites) }
}

function countBrowser() {
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number }, suites: Suite[] }} */
  const { stats, suites } = report('e2e.json')
  failures.push(...suites.flatMap(failedSpecs))
  // A test that needed a second try is a race that somebody will meet.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky }
}

/** @typedef {{ file: string, specs: { title: string, ok: boolean }[], suites?: Suite[] }} Suite */

/**
 * @param {Suite} suite
 * @returns {string[]}
 */
function failedSpecs({ file, specs, suites = [] }) {
  const own = specs.filter(({ ok }) => !ok).map(({ title }) => `tests/e2e/${file} ${title}`)
  return [...own, ...suites.flatMap(failedSpecs)]
}

/**
 * @param {string} name
 * @returns {any}
 */
function report(name) {
  return JSON.parse(readFileSync(`${RESULTS}/${name}`, 'utf8'))
}
