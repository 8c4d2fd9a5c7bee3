import { afterAll } from 'vitest'
import type { Tx } from '@/lib/domain/tx'
import { createDb } from '@/lib/infra/db'
import { databaseUrl } from './database'

const statements: string[] = []
const counted = createDb(databaseUrl, { onQuery: (statement) => statements.push(statement) })
afterAll(() => counted.$disconnect())

/** Runs a read and says how many statements it sent. */
export async function counting<T>(work: (db: Tx) => Promise<T>): Promise<{ result: T; sent: number }> {
  statements.length = 0
  const result = await work(counted)
  return { result, sent: statements.length }
}
