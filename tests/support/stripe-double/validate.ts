import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { z } from 'zod'
import { decodeForm } from './form'
import { CHANGES } from './openapi-changes'

const Schema = z.record(z.string(), z.unknown())
const Operation = z.object({
  parameters: z.array(z.object({ in: z.string(), name: z.string(), required: z.boolean().optional(), schema: Schema })),
  body: Schema,
})
type Operation = z.infer<typeof Operation>
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

/** A request as the document understands it: numbers and booleans are what they mean. */
export interface Understood {
  /** `post /v1/refunds/{refund}` */
  readonly operation: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

export type Verdict =
  | { readonly ok: true; readonly request: Understood }
  | { readonly ok: false; readonly status: 400 | 404; readonly message: string; readonly param?: string }

const { paths } = Document.parse(JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')))
const ajv = new Ajv({ strict: false, coerceTypes: true, allErrors: false, validateFormats: false })
const compiled = new Map<string, { readonly query: ValidateFunction; readonly body: ValidateFunction }>()

/** Holds one request against the published document. */
export function validate(method: string, pathname: string, query: string, body: string): Verdict {
  const route = routeOf(method.toLowerCase(), pathname)
  if (!route) return { ok: false, status: 404, message: `Unrecognized request URL (${method}: ${pathname}).` }
  const checks = checksOf(route.operation, route.spec)
  const asked = { query: decodeForm(query), body: decodeForm(body) }
  for (const part of ['query', 'body'] as const) {
    const check = checks[part]
    if (!check(asked[part])) return { ok: false, status: 400, ...complaint(check) }
  }
  return { ok: true, request: { operation: route.operation, path: route.path, ...asked } }
}

function routeOf(method: string, pathname: string) {
  const segments = pathname.split('/')
  for (const [template, methods] of Object.entries(paths)) {
    const spec = methods[method]
    const wanted = template.split('/')
    if (!spec || wanted.length !== segments.length) continue
    const pairs = wanted.map((name, at) => [name, decodeURIComponent(segments[at] ?? '')] as const)
    if (!pairs.every(([name, value]) => (isBraced(name) ? value !== '' : name === value))) continue
    const path = Object.fromEntries(
      pairs.filter(([name]) => isBraced(name)).map(([n, value]) => [n.slice(1, -1), value]),
    )
    return { operation: `${method} ${template}`, spec, path }
  }
  return undefined
}

function isBraced(name: string): boolean {
  return name.startsWith('{')
}

function checksOf(operation: string, spec: Operation) {
  const known = compiled.get(operation)
  if (known) return known
  const inQuery = spec.parameters.filter(({ in: place }) => place === 'query')
  const query = {
    type: 'object',
    properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
    required: inQuery.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
  const place = operation.startsWith('get ') ? 'query' : 'body'
  const made = {
    query: ajv.compile(strict(place === 'query' ? brought(operation, query) : query)),
    body: ajv.compile(strict(place === 'body' ? brought(operation, spec.body) : spec.body)),
  }
  compiled.set(operation, made)
  return made
}

/** The document brought to the version that the SDK speaks. */
function brought(operation: string, schema: object): object {
  const { properties, ...rest } = z.looseObject({ properties: Schema.default({}) }).parse(schema)
  const { added = {}, removed = {} } = CHANGES[operation] ?? {}
  const kept = Object.entries(properties).filter(([name]) => !Object.hasOwn(removed, name))
  const fresh = Object.entries(added).map(([name, change]) => [name, change?.schema] as const)
  return { ...rest, properties: Object.fromEntries([...kept, ...fresh]) }
}

/** Stripe refuses unknown parameters at every level; the document says so for the outermost only. */
function strict(value: unknown): object {
  return z.record(z.string(), z.unknown()).parse(closed(value))
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (value === null || typeof value !== 'object') return value
  const inner = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]))
  const names = Object.hasOwn(inner, 'properties') && inner['type'] === 'object'
  return names && !Object.hasOwn(inner, 'additionalProperties') ? { ...inner, additionalProperties: false } : inner
}

function complaint(check: ValidateFunction): { message: string; param?: string } {
  const [error] = check.errors ?? []
  const where = (error?.instancePath ?? '').split('/').filter((step) => step !== '')
  const extra = z.object({ additionalProperty: z.string() }).safeParse(error?.params)
  const missing = z.object({ missingProperty: z.string() }).safeParse(error?.params)
  const last = extra.data?.additionalProperty ?? missing.data?.missingProperty
  const [head = '', ...rest] = last === undefined ? where : [...where, last]
  const param = `${head}${rest.map((step) => `[${step}]`).join('')}`
  if (extra.success) return { message: `Received unknown parameter: ${param}`, param }
  if (missing.success) return { message: `Missing required param: ${param}.`, param }
  return { message: `Invalid ${param}: ${error?.message ?? 'not as documented'}`, param }
}
