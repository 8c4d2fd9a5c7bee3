import { z } from 'zod'
import { MAX_ORDER_MINOR } from '@/lib/kernel/money'

/** Yuan with at most two decimals, as people type it, to fen. */
export const moneyInput = z
  .string()
  .trim()
  .regex(/^\d{1,8}(?:\.\d{1,2})?$/u, 'money')
  .transform((text) => {
    const [yuan = '0', fen = ''] = text.split('.')
    return Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
  })
  .refine((minor) => minor <= MAX_ORDER_MINOR, 'money')

/** Text that may be left empty; empty is null. */
export function optionalText(most: number) {
  return z
    .string()
    .trim()
    .max(most)
    .optional()
    .transform((text) => text || null)
}

export function requiredText(most: number, least = 1) {
  return z.string().trim().min(least).max(most)
}

/** A whole number typed into a field. */
export function wholeInput(least: number, most: number) {
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}$/u, 'whole')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
}

/** A field that may be left empty (null); otherwise it is read by `schema`, with that one's complaints. */
export function orEmpty<Read>(schema: z.ZodType<Read, string>) {
  return z
    .string()
    .trim()
    .optional()
    .transform((text, ctx) => {
      if (!text) return null
      const read = schema.safeParse(text)
      if (read.success) return read.data
      for (const issue of read.error.issues) ctx.issues.push({ ...issue } as z.core.$ZodRawIssue)
      return z.NEVER
    })
}

/** A checkbox: sent when ticked, absent otherwise. */
export const tickInput = z
  .string()
  .optional()
  .transform((value) => value !== undefined)

/** A download address: https, nothing else. */
export const httpsInput = z
  .string()
  .trim()
  .max(500)
  .optional()
  .transform((text) => text || null)
  .refine((text) => text === null || isHttps(text), 'url')

function isHttps(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return protocol === 'https:' && hostname.includes('.') && username === '' && password === ''
}

/** The lower-case name of something in an address. */
export const slugInput = z
  .string()
  .trim()
  .toLowerCase()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, 'slug')

/** What a part of a form was refused for, under the form's own field names. */
export function passIssues(
  ctx: z.core.$RefinementCtx,
  { issues }: z.ZodError,
  fieldOf: (path: PropertyKey[]) => string,
): void {
  for (const issue of issues) ctx.issues.push({ ...issue, path: [fieldOf(issue.path)] } as z.core.$ZodRawIssue)
}

export function refuseField(ctx: z.core.$RefinementCtx, field: string, message: string): void {
  ctx.issues.push({ code: 'custom', message, path: [field], input: undefined })
}
