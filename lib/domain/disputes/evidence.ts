import type { DisputeEvidence } from '@/lib/domain/payments'
import { z } from 'zod'

/** Longest text that a provider takes. */
const MOST_TEXT = 20_000

const Text = z.string().max(MOST_TEXT)
const Texts = z.strictObject({
  productDescription: Text,
  customerEmail: z.string().max(320),
  serviceDate: z.string().max(40),
  accessLog: Text,
  statement: Text,
})

/** Evidence as it is stored and read back. */
export const Evidence: z.ZodType<DisputeEvidence> = Texts

/** What an operator changes of it before it is handed in. */
export const EvidenceChanges = Texts.partial()
export type EvidenceChanges = z.infer<typeof EvidenceChanges>

/** A text as long as providers take it; what is cut off says so. */
export function clipped(text: string): string {
  const mark = '\n[cut: the rest is kept by the mall]'
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT - mark.length)}${mark}`
}
