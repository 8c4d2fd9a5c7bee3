import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import path from 'node:path'
import { z } from 'zod'
import { chooseImport, openImport } from '@/lib/domain/stock-imports'
import type { CdkVault } from '@/lib/domain/stock'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { type Db, createDb, inTransaction } from '@/lib/infra/db'
import { createFileStore, newFileKey } from '@/lib/infra/files'
import { IMPORTER } from '@/lib/cli/mall'
import type { Stall } from './market'

/** A mall on a throw-away database with processes of its own, which know its keys by their environment. */
export interface ImportLab {
  readonly url: string
  readonly db: Db
  readonly vault: CdkVault
  readonly dataDir: string
  readonly env: NodeJS.ProcessEnv
}

export function openLab(url: string, dataDir: string): ImportLab {
  const keys = Object.fromEntries(
    ['MASTER', 'FINGERPRINT', 'LOG', 'SESSION', 'BANK'].map((name) => [`KEYBOND_${name}_KEY`, randomBytes(32)]),
  )
  const { KEYBOND_MASTER_KEY: master, KEYBOND_FINGERPRINT_KEY: fingerprint } = keys
  const told = Object.fromEntries(Object.entries(keys).map(([name, bytes]) => [name, bytes.toString('hex')]))
  const { KEYBOND_SESSION_KEY: session, ...others } = told
  const env = {
    ...process.env,
    ...others,
    KEYBOND_SESSION_SECRET: session,
    DATABASE_URL: url,
    KEYBOND_DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
  }
  const vault = createCdkVault(master ?? randomBytes(32), fingerprint ?? randomBytes(32))
  return { url, db: createDb(url, { max: 8 }), vault, dataDir, env }
}

/** One code a line, never held all at once. */
export async function* codeLines(codes: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let left = codes; left > 0; left -= 10_000) {
    const some = Array.from({ length: Math.min(left, 10_000) }, newCode)
    yield await Promise.resolve(Buffer.from(`${some.join('\n')}\n`))
  }
}

function newCode(): string {
  const symbols = randomBytes(10).toString('hex').toUpperCase()
  return `${symbols.slice(0, 5)}-${symbols.slice(5, 10)}-${symbols.slice(10, 15)}-${symbols.slice(15)}`
}

const LINES = {
  shape: { format: 'lines', encoding: 'utf-8', separator: null, header: false },
  mapping: { columns: [{ field: 'code', label: null }] },
} as const
const FACTS = { source: 'UNSTATED', sourceNote: null, costMinor: null, validityDays: null, seats: 1 } as const

/** Uploads a file for a merchant as the web does; returns the import's id. */
export async function upload(
  { db, vault, dataDir }: ImportLab,
  { merchantId, variantId }: Pick<Stall, 'merchantId' | 'variantId'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<string> {
  const { key: seal, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const fileKey = newFileKey('imports')
  const files = createFileStore(path.join(dataDir, 'files'))
  const { byteCount } = await files.putFile(bytes, { key: fileKey, seal, most: 4_000_000_000 })
  const { id: uploadedById } = await db.user.findFirstOrThrow({ where: { merchantId }, select: { id: true } })
  const of = { merchantId, variantId, uploadedById, fileName: null, fileKey, byteCount, wrappedKey, masterKeyVersion }
  return inTransaction(db, (tx) => openImport(tx, of, new Date()))
}

/** Hands an upload to the importer: a code a line. */
export async function queue({ db }: ImportLab, merchantId: string, importId: string): Promise<void> {
  const chosen = { merchantId, importId, choices: LINES, allOrNothing: false, facts: FACTS, dryRun: false }
  await inTransaction(db, (tx) => chooseImport(tx, chosen))
}

/** One of our processes. */
export interface LabProcess {
  readonly child: ChildProcess
  /** JSON lines that it logged. */
  readonly told: readonly LogLine[]
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>
}
const LogLine = z.looseObject({ msg: z.string() })
type LogLine = z.infer<typeof LogLine>

/** Starts the importer as the mall does. */
export function startImporter(lab: ImportLab): LabProcess {
  return startProcess(lab, IMPORTER)
}

/** Starts a script of ours on the lab's database. */
export function startProcess({ env }: ImportLab, args: readonly string[]): LabProcess {
  const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const told: LogLine[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed = LogLine.safeParse(jsonOf(line))
    if (parsed.success) told.push(parsed.data)
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    await gone
  }
  return { child, told, stop }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // A warning of Node's own, in words.
    return null
  }
}
