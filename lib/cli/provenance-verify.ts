import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { describeCaseReport, openZip, verifyCaseBundle } from '@/lib/domain/case-bundle'
import { MOST_BUNDLE_BYTES, describeReport, parseVerifierKey, verifyBundle } from '@/lib/domain/provenance'
import { openOnDisk } from './zip-on-disk'

const EXIT = { proved: 0, refuted: 1, unproved: 2 } as const
const USAGE = `Usage: npm run provenance:verify -- bundle.json|case.zip [--key name+id+base64 ...]

Checks a proof bundle of Keybond's log, or the file of a case (ZIP), on this machine: no server, no database, no secret.
  --key  a key that you trust: the log's, as the mall publishes it, or a witness's that you insist on. May be repeated.
Exit code 0: proved. 1: something in the file is false. 2: not proved (no trusted key, or the file cannot be read).`

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const asked = readArguments(args)
  if (typeof asked === 'string') return refuse(`${asked}\n\n${USAGE}`)
  for (const key of asked.keys) {
    if (!(await parseVerifierKey(key))) return refuse(`This is not a key in the form name+id+base64: ${key}`)
  }
  if (await isZip(asked.file)) return verifyZip(asked.file, asked.keys)
  const bytes = await readBundleFile(asked.file)
  if (typeof bytes === 'string') return refuse(bytes)
  // Bytes that are not UTF-8 become U+FFFD, and no bundle is written so.
  const report = await verifyBundle(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), asked.keys)
  console.log(describeReport(report))
  return EXIT[report.verdict]
}

function readArguments(args: readonly string[]): { file: string; keys: string[] } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { key: { type: 'string', multiple: true } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return 'Name one bundle.'
    return { file, keys: values.key ?? [] }
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

/** By its name: an archive that was cut off or overwritten at its beginning is to be told so. */
async function isZip(file: string): Promise<boolean> {
  return /\.zip$/iu.test(file) && (await stat(file).catch(() => null))?.isFile() === true
}

async function verifyZip(file: string, keys: readonly string[]): Promise<number> {
  const source = await openOnDisk(file)
  try {
    const report = await verifyCaseBundle(await openZip(source), keys)
    console.log(describeCaseReport(report))
    return EXIT[report.verdict]
  } finally {
    await source.close()
  }
}

async function readBundleFile(file: string): Promise<Uint8Array | string> {
  try {
    if ((await stat(file)).size > MOST_BUNDLE_BYTES) return `${file} is larger than any bundle.`
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return `${file} cannot be read (${String(error.code)}).`
    throw error
  }
}

function refuse(message: string): number {
  console.error(message)
  return 2
}
