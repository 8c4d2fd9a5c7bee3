import { z } from 'zod'
import type { BatchSource } from '@/lib/infra/prisma/enums'

export const BATCH_SOURCES = [
  'UNSTATED',
  'PUBLISHER',
  'DISTRIBUTOR',
  'RESALE',
] as const satisfies readonly BatchSource[]

/** The most buyers that one code may be for. */
export const MAX_SEATS = 10_000
const MAX_INT = 2_147_483_647

/** What the merchant says of the batch that an import makes: the column `batchFacts`. */
export const BatchFacts = z.object({
  source: z.enum(BATCH_SOURCES).default('UNSTATED'),
  /** Whom from, invoice number. */
  sourceNote: z.string().trim().max(500).nullable().default(null),
  /** Of one code, in the variant's currency; a line may say otherwise. */
  costMinor: z.number().int().min(0).max(MAX_INT).nullable().default(null),
  /** Days of validity that the source promises on delivery; the variant's promise holds besides. */
  validityDays: z.number().int().min(1).max(3_650).nullable().default(null),
  /** Shared delivery: how many buyers each code is for. */
  seats: z.number().int().min(1).max(MAX_SEATS).default(1),
})
export type BatchFacts = z.infer<typeof BatchFacts>

/** Lines by verdict, `accepted` among them. */
export const ImportCounts = z.record(z.string(), z.number().int())
export type ImportCounts = Readonly<Record<string, number>>
