import { createHash } from 'node:crypto'
import { type Json, canonicalJson } from './canonical-json'

/** Lower-case hex SHA-256 of the canonical JSON. */
export function hashJson(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
