import type { EventSubject } from '@/lib/domain/payments'
import { z } from 'zod'

/** What an event is about, as it is read back from its row. */
export const StoredSubject: z.ZodType<EventSubject> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('payment'), providerRef: z.string(), reference: z.string().nullable() }),
  z.object({ kind: z.literal('refund'), refundRef: z.string() }),
  z.object({ kind: z.literal('transfer'), transferRef: z.string() }),
  z.object({ kind: z.literal('dispute'), disputeRef: z.string() }),
  z.object({ kind: z.literal('account'), accountRef: z.string() }),
])
