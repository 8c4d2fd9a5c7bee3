// The small zod: this file is sent to browsers.
import * as z from 'zod/mini'
import type { Json } from '@/lib/kernel/canonical-json'
import { formatJson } from './json-file'

export const CASE_FORMAT = 'keybond-case/v1'

export const Hex32 = z.string().check(z.regex(/^[0-9a-f]{64}$/u))
const AnyJson = z.custom<Json>((value: unknown) => value !== undefined)

/** An entry of the case's chain (lib/domain/complaints/case-chain.ts). */
const Entry = z.object({
  seq: z.int().check(z.minimum(0)),
  type: z.string(),
  /** Milliseconds since 1970, UTC. */
  at: z.int(),
  actorPseudonym: z.string(),
  commitment: Hex32,
  prevHash: Hex32,
  hash: Hex32,
  /** What opens the commitment; null when it is withheld. */
  opening: z.nullable(z.object({ salt: Hex32, body: AnyJson })),
  /** `hidden`: a message that its writer withdrew from view. `inside`: between the arbitrators, of which the parties learn the outcome. */
  withheld: z.nullable(z.enum(['hidden', 'inside'])),
})
export type CaseFileEntry = z.infer<typeof Entry>

const Unit = z.object({
  cdkId: z.string(),
  /** The order's n-th, as its pages say. The code itself stands nowhere. */
  position: z.int(),
  priceMinor: z.int(),
  result: z.nullable(z.string()),
  replacementId: z.nullable(z.string()),
})

const Evidence = z.object({
  path: z.string(),
  /** Who brought it: BUYER, MERCHANT or STAFF. */
  side: z.string(),
  kind: z.string(),
  /** As the uploader's computer called it. */
  fileName: z.string(),
  byteCount: z.int(),
  sha256: Hex32,
  /** Arrival, UTC. */
  at: z.string(),
})

const CaseFile = z.object({
  format: z.literal(CASE_FORMAT),
  complaintId: z.string(),
  number: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  /** How it stands: dates, demand, rulings, penalties, for people and programs; not otherwise checked. */
  facts: z.record(z.string(), AnyJson),
  units: z.array(Unit),
  evidence: z.array(Evidence),
  entries: z.array(Entry),
})
export type CaseFile = z.infer<typeof CaseFile>

export function formatCaseFile(file: CaseFile): string {
  return formatJson(CaseFile.parse(file))
}

/** Null when it is not one. */
export function readCaseFile(json: Json | undefined): CaseFile | null {
  return CaseFile.safeParse(json).data ?? null
}
