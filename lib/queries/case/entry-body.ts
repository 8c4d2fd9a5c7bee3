import { z } from 'zod'
import { REMEDIES, RecordFact } from '@/lib/domain/complaints'
import { UnitResult } from '@/lib/infra/prisma/enums'

/**
 * What pages read out of an entry's body, whatever its type: each verb writes some of it. Anything else stays in the database: internal ids
 * of people above all. A body of an unknown shape shows nothing rather than failing the page.
 */
export const EntryBody = z
  .object({
    /** In people's own words: a statement, a message, reasons, a question. */
    statement: z.string().nullish(),
    text: z.string().nullish(),
    reasons: z.string().nullish(),
    note: z.string().nullish(),
    /** By what the system granted or escalated: RECORDS, SILENCE; BUYER, MERCHANT, CLOCK, RULE. */
    cause: z.string().nullish(),
    by: z.string().nullish(),
    facts: z.array(RecordFact).nullish(),
    outcome: z.string().nullish(),
    remedy: z.enum(REMEDIES).nullish(),
    amountMinor: z.int().nullish(),
    takenMinor: z.int().nullish(),
    refundedMinor: z.int().nullish(),
    compensationMinor: z.int().nullish(),
    fileName: z.string().nullish(),
    /** Of a message that was withdrawn from view. */
    seq: z.int().nullish(),
    cdkIds: z.array(z.string()).nullish(),
    replaced: z.array(z.object({ cdkId: z.string(), by: z.string() })).nullish(),
    units: z.array(z.object({ cdkId: z.string(), result: z.enum(UnitResult) })).nullish(),
  })
  .catch({})
export type EntryBody = z.infer<typeof EntryBody>
