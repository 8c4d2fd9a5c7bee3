import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readStock, type ReadOptions, type StockRow, type StockShape } from '@/lib/stock-files'

export const LINES: StockShape = { format: 'lines', encoding: 'utf-8', separator: null, header: false }
export const CSV: StockShape = { format: 'csv', encoding: 'utf-8', separator: ',', header: false }
export const JSON_FILE: StockShape = { format: 'json', encoding: 'utf-8', separator: null, header: false }
export const XLSX: StockShape = { format: 'xlsx', encoding: 'utf-8', separator: null, header: false }

export function fixture(name: string): Buffer {
  return readFileSync(path.join(import.meta.dirname, '../fixtures/stock', name))
}

/** An upload that arrives in pieces of `size` bytes. */
export async function* inPieces(upload: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = Buffer.from(upload)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

export function rowsOf(upload: string | Uint8Array, options: ReadOptions, size?: number): Promise<StockRow[]> {
  return allOf(readStock(inPieces(upload, size), options))
}

/** Rows as `line: fields`, with the fault where there is one. */
export async function seenOf(upload: string | Uint8Array, options: ReadOptions, size?: number): Promise<string[]> {
  const rows = await rowsOf(upload, options, size)
  return rows.map(({ line, fields, fault }) => `${line}: ${fault ?? fields.join(' / ')}`)
}
