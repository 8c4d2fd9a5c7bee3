import { type Json, canonicalJson } from '@/lib/kernel/canonical-json'

/** A file of data: canonical JSON and a newline. */
export function formatJson(value: Json): string {
  return `${canonicalJson(value)}\n`
}

/** The JSON in bytes; undefined when there is none, or not in UTF-8. */
export function parseJson(bytes: Uint8Array | undefined): Json | undefined {
  if (!bytes) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) as Json
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
