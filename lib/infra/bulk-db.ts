import { once } from 'node:events'
import { Pool, type PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type BulkTx, CopyConflict, type InBulkTransaction } from '@/lib/domain/stock-imports/bulk-tx'

const ATTEMPTS = 5
const RETRYABLE = new Set(['40001', '40P01'])
const UNIQUE_VIOLATION = '23505'

/** Plain connections for COPY; see BulkTx. */
export interface BulkDb {
  readonly run: InBulkTransaction
  close(): Promise<void>
}

/** A handful of connections on `url`, beside those of `createDb`. `onBackend` is told the server process of each. */
export function createBulkDb(url: string, onBackend?: (pid: number) => void): BulkDb {
  const pool = new Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 10_000 })
  if (onBackend) {
    pool.on('connect', (client) => {
      if ('processID' in client && typeof client.processID === 'number') onBackend(client.processID)
    })
  }
  // One that breaks while it is idle is replaced; who uses one gets the error there.
  pool.on('error', () => undefined)
  return {
    async run(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await inOneTransaction(pool, work)
        } catch (error) {
          if (attempt === ATTEMPTS || !RETRYABLE.has(sqlStateOf(error))) throw error
        }
      }
    },
    close: () => pool.end(),
  }
}

async function inOneTransaction<T>(pool: Pool, work: (tx: BulkTx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(bulkTx(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error('no rollback', { cause: failure })
    })
    throw error
  } finally {
    // A connection that cannot even roll back is thrown away.
    client.release(broken)
  }
}

function bulkTx(client: PoolClient): BulkTx {
  return {
    async select(row, { text, values }) {
      const { rows } = await client.query<Record<string, unknown>>(text, values.map(asBuffer))
      return rows.map((raw) => row.parse(raw))
    },
    async change({ text, values }) {
      return (await client.query(text, values.map(asBuffer))).rowCount ?? 0
    },
    async copy(statement, pieces) {
      const stream = client.query(copyFrom(statement))
      const failed = new Promise<never>((_, reject) => stream.once('error', reject))
      try {
        await Promise.race([send(stream, pieces), failed])
      } catch (error) {
        throw sqlStateOf(error) === UNIQUE_VIOLATION ? new CopyConflict(error) : error
      }
    },
  }
}

const PIECE_BYTES = 256 * 1024

async function send(stream: NodeJS.WritableStream, pieces: readonly Uint8Array[]): Promise<void> {
  const finished = once(stream, 'finish')
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      if (!stream.write(piece.subarray(at, at + PIECE_BYTES))) await once(stream, 'drain')
    }
  }
  stream.end()
  await finished
}

/** The driver takes bytes as Buffers only. */
function asBuffer(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : value
}

function sqlStateOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
