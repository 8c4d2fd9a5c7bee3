import { readFileSync, writeFileSync } from 'node:fs'

/**
 * `npm run lock`: npm leaves a platform's optional package out of package-lock.json when the registry in use does not carry
 * it, and then `npm ci` refuses the file everywhere. This adds the missing entries: version, operating system, processor.
 */
const FILE = 'package-lock.json'
const NESTED = '/node_modules/'

/**
 * @typedef {{ version?: string, optionalDependencies?: Record<string, string>, dev?: boolean, license?: string,
 *   optional?: boolean, cpu?: string[], os?: string[], libc?: string[] }} Entry
 */

/** @type {{ packages: Record<string, Entry> }} */
const lock = JSON.parse(readFileSync(FILE, 'utf8'))

/** @type {Record<string, Entry>} */
const missing = {}
for (const [at, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+/.test(version) || isLocked(at, name)) continue
    missing[`node_modules/${name}`] = describe(name, version, entry)
  }
}
if (Object.keys(missing).length > 0) {
  const packages = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, undefined, 2)}\n`)
}
console.log(`${Object.keys(missing).length} packages of other platforms added to ${FILE}`)

/**
 * Node's own search: beside the package that asks, then every folder further up.
 *
 * @param {string} at
 * @param {string} name
 * @returns {boolean}
 */
function isLocked(at, name) {
  if (`${at}${at === '' ? '' : '/'}node_modules/${name}` in lock.packages) return true
  if (at === '') return false
  const up = at.lastIndexOf(NESTED)
  return isLocked(up === -1 ? '' : at.slice(0, up), name)
}

/**
 * @param {string} name
 * @param {string} version
 * @param {Entry} parent
 * @returns {Entry}
 */
function describe(name, version, parent) {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const system = /(darwin|win32|windows|linux|android|freebsd|netbsd|openbsd|openharmony|sunos|aix)/.exec(base)?.[1]
  const cpu = /(arm64|x64|ia32|arm(?=-|$)|ppc64|s390x|riscv64|loong64|wasm32)/.exec(base)?.[1]
  const libc = system === 'linux' ? /-(musl|gnu)(eabihf)?$/.exec(base)?.[1] : undefined
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(parent.dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc === 'musl' ? 'musl' : 'glibc'] } : {}),
    ...(parent.license ? { license: parent.license } : {}),
    optional: true,
    ...(system ? { os: [system === 'windows' ? 'win32' : system] } : {}),
  }
}
