import * as z from 'zod/mini'
import type { Json } from '@/lib/kernel/canonical-json'
import { Hex32 } from './case-file'
import { formatJson } from './json-file'

export const BUNDLE_FORMAT = 'keybond-case-bundle/v1'
export const MANIFEST = 'manifest.json'
export const MANIFEST_SIGNATURE = 'manifest.sig'
export const CASE_FILE = 'case.json'
export const ORDER_FILE = 'order.json'
export const PROOF_FILE = 'provenance/order.json'

const Count = z.int().check(z.minimum(0))

/** Every file of a bundle but itself and its signature; members are exactly these. */
const Manifest = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  caseNumber: z.string().check(z.regex(/^[A-Z0-9-]{1,40}$/u)),
  complaintId: z.string(),
  orderNumber: z.string(),
  /** The moment of the mall's records that it shows, UTC: what came later is in a later bundle. */
  asOf: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u)),
  /** The last entry of the case's chain at that moment. */
  head: z.strictObject({ seq: Count, hash: Hex32 }),
  /** The log whose key signs, with every change of key. */
  log: z.strictObject({ origin: z.string(), firstKey: z.string(), handovers: z.array(z.string()) }),
  /** `waiting`: what happened to the CDKs was not in the public log yet. `none`: the complaint is about the charge, not about CDKs. */
  provenance: z.enum(['included', 'waiting', 'none']),
  /** Original files that the mall no longer has, with the hash that the case has of them. */
  absent: z.array(z.strictObject({ path: z.string(), sha256: Hex32 })),
  files: z.array(z.strictObject({ path: z.string(), byteCount: Count, sha256: Hex32 })),
})
export type Manifest = z.infer<typeof Manifest>

export function formatManifest(manifest: Manifest): string {
  return formatJson(Manifest.parse(manifest))
}

/** Reads a manifest; it must be written as `formatManifest` writes it, or two readers could see two things in it. */
export function readManifest(json: Json | undefined, text: string): Manifest | 'malformed' | 'not-canonical' {
  const parsed = Manifest.safeParse(json)
  if (!parsed.success) return 'malformed'
  return formatJson(parsed.data) === text ? parsed.data : 'not-canonical'
}
