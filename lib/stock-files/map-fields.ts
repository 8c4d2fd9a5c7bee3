import type { Minor } from '@/lib/kernel/money'
import {
  type DeliveredValue,
  identityText,
  isDelivered,
  type MappedColumn,
  secretText,
  type StockMapping,
} from './mapping'
import { parseCost } from './parse-cost'
import { parseExpiry } from './parse-expiry'
import type { RowFault, StockRow } from './stock-row'

/** The longest delivered text, in characters, when the caller names no other. */
const MAX_SECRET_CHARS = 500

/** Why a row is not taken. Duplicates are found over all rows: see `judgeRows`. */
export type Rejection =
  | RowFault
  | 'empty'
  | 'missing-field'
  | 'too-many-fields'
  | 'rounded-number'
  | 'bad-expiry'
  | 'bad-cost'
  | 'expired'

/** One unit of stock, ready to be fingerprinted and sealed. */
export interface StockUnit {
  readonly line: number
  readonly delivered: readonly DeliveredValue[]
  /** What the buyer gets. */
  readonly secret: string
  /** What the fingerprint is taken of. */
  readonly identity: string
  /** UTC; null when it does not expire. */
  readonly expiresAt: Date | null
  readonly costMinor: Minor | null
  readonly note: string | null
}

export type MappedRow =
  | { readonly line: number; readonly verdict: 'accepted'; readonly unit: StockUnit }
  | { readonly line: number; readonly verdict: Rejection; readonly column: number | null }

export interface MapOptions {
  readonly now: Date
  readonly maxSecretChars?: number
}

/**
 * What a row means under `mapping`: a unit, or the first reason why it is none with the column that it lies in. Nothing
 * is guessed or repaired: a value that cannot be read rejects its row. A row with more fields than the mapping has is
 * rejected too, for a part of what is sold may be in them.
 */
export function mapFields(row: StockRow, mapping: StockMapping, options: MapOptions): MappedRow {
  const reject = (verdict: Rejection, column: number | null = null): MappedRow => ({ line: row.line, verdict, column })
  if (row.fault !== null) return reject(row.fault)
  if (row.fields.every((field) => field === '')) return reject('empty')
  const { columns } = mapping
  for (let at = columns.length; at < row.fields.length; at++) {
    if (row.fields[at] !== '') return reject('too-many-fields', at)
  }

  const delivered: DeliveredValue[] = []
  let expiresAt: Date | null = null
  let costMinor: Minor | null = null
  let note: string | null = null
  for (const [at, column] of columns.entries()) {
    const value = row.fields[at] ?? ''
    const { field, label } = column
    if (value === '') {
      if (isRequired(column)) return reject('missing-field', at)
    } else if (isDelivered(field)) {
      if (row.rounded?.includes(at)) return reject('rounded-number', at)
      delivered.push({ field, label, value })
    } else if (field === 'expiry') {
      const expiry = parseExpiry(value)
      if (expiry === null) return reject('bad-expiry', at)
      if (expiry !== 'never' && expiry <= options.now) return reject('expired', at)
      expiresAt = expiry === 'never' ? null : expiry
    } else if (field === 'cost') {
      costMinor = parseCost(value)
      if (costMinor === null) return reject('bad-cost', at)
    } else if (field === 'note') note = value
  }
  if (delivered.length === 0) return reject('missing-field')
  const secret = secretText(delivered)
  if (secret.length > (options.maxSecretChars ?? MAX_SECRET_CHARS)) return reject('too-long')
  const unit = { line: row.line, delivered, secret, identity: identityText(delivered), expiresAt, costMinor, note }
  return { line: row.line, verdict: 'accepted', unit }
}

function isRequired({ field, optional }: MappedColumn): boolean {
  return isDelivered(field) && optional !== true
}
