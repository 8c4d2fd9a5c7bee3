import { notFound } from 'next/navigation'
import { z } from 'zod'

export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** A number of a page in the address; anything else is the first. */
export const pageParam = z.coerce.number().int().min(1).max(10_000).catch(1)

/** Words in the address: trimmed, nothing when empty, too long, or with a NUL, which PostgreSQL's texts have not. */
export const wordsParam = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !text.includes('\u0000'))
  .optional()
  .catch(undefined)

export const idParam = z.uuid().optional().catch(undefined)

/** One of a few; anything else in the address is no filter. */
export function choiceParam<const Choices extends Readonly<Record<string, string>>>(choices: Choices) {
  return z.enum(choices).optional().catch(undefined)
}

const SHANGHAI = '+08:00'

/** A day of the address (2026-02-03), of this century: no order is older, and PostgreSQL does not read the year 0. */
export const dayParam = z.iso
  .date()
  .refine((day) => day >= '2000-01-01')
  .optional()
  .catch(undefined)

export function startOfDay(day: string | undefined): Date | undefined {
  return day === undefined ? undefined : new Date(`${day}T00:00:00${SHANGHAI}`)
}

/** The end of that day: the start of the next one. */
export function endOfDay(day: string | undefined): Date | undefined {
  const start = startOfDay(day)
  return start && new Date(start.getTime() + 24 * 60 * 60 * 1000)
}

/** The id in an address; what is none leads nowhere (404), as another merchant's does. */
export function requireId(id: string): string {
  return z.uuid().safeParse(id).success ? id : notFound()
}

/** An address with its filters; empty ones are left out. */
export function hrefWith(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  const text = new URLSearchParams(pairs).toString()
  return text === '' ? path : `${path}?${text}`
}
