import { z } from 'zod'
import { type SearchParams, endOfDay, pageParam, startOfDay } from '../../_console/params'

/** Providers that a list can be narrowed to; what they are called is their name in our books. */
export const PROVIDERS = ['stripe', 'sandbox', 'wallet'] as const

/** Something ticked in the address. */
export const yesParam = z.literal('yes').optional().catch(undefined)

/** The days of the address as the moments that they stand for. */
export function spanOf({ from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }) {
  return { from: startOfDay(from), until: endOfDay(until) }
}

/** The filters of a list's address, and which page of it. */
export async function readList<Query>(
  schema: z.ZodType<Query>,
  searchParams: SearchParams,
): Promise<{ query: Query; page: number }> {
  const params = await searchParams
  return { query: schema.parse(params), page: pageParam.parse(params.page) }
}
