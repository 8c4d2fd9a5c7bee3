import type Stripe from 'stripe'

/**
 * What SDK 23 (API 2026-10-28.endive) sends and the published document in openapi.json, which is older, does not know: each
 * with its schema and the release note that brought it. The names are held against the SDK's own types, which Stripe makes
 * from its present document, so a slip does not compile.
 */
interface Changes<Name extends PropertyKey> {
  readonly added: { readonly [name in Name]?: { readonly schema: object; readonly since: string } }
  /** Known to the document and refused by the present API. */
  readonly removed?: Readonly<Record<string, string>>
}

const METHOD_LIST = { type: 'array', items: { type: 'string' } }

const openSession: Changes<keyof Stripe.Checkout.SessionCreateParams> = {
  added: {
    allowed_payment_method_types: {
      schema: METHOD_LIST,
      since: '2026-09-30.endive: takes the place of payment_method_types',
    },
    adaptive_pricing: {
      schema: { type: 'object', properties: { enabled: { type: 'boolean' } } },
      since: '2024-09-30.acacia: prices in the payer’s currency, which the mall switches off',
    },
  },
  removed: { payment_method_types: '2026-09-30.endive' },
}

const RANGE = {
  anyOf: [
    {
      type: 'object',
      properties: {
        gt: { type: 'integer' },
        gte: { type: 'integer' },
        lt: { type: 'integer' },
        lte: { type: 'integer' },
      },
    },
    { type: 'integer' },
  ],
}

const listSessions: Changes<keyof Stripe.Checkout.SessionListParams> = {
  added: {
    status: { schema: { type: 'string', enum: ['complete', 'expired', 'open'] }, since: '2023-10-16: filter' },
    created: { schema: RANGE, since: '2024-04-10: filter' },
  },
}

const PARTY = ['account', 'application']

const openAccount: Changes<keyof Stripe.AccountCreateParams> = {
  added: {
    controller: {
      schema: {
        type: 'object',
        properties: {
          fees: { type: 'object', properties: { payer: { type: 'string', enum: PARTY } } },
          losses: { type: 'object', properties: { payments: { type: 'string', enum: ['application', 'stripe'] } } },
          requirement_collection: { type: 'string', enum: ['application', 'stripe'] },
          stripe_dashboard: {
            type: 'object',
            properties: { type: { type: 'string', enum: ['express', 'full', 'none'] } },
          },
        },
      },
      since: '2024-04-10: takes the place of type',
    },
  },
  removed: { type: 'deprecated since 2024-04-10 in favour of controller' },
}

export const CHANGES: Readonly<Record<string, Changes<string>>> = {
  'post /v1/checkout/sessions': openSession,
  'get /v1/checkout/sessions': listSessions,
  'post /v1/accounts': openAccount,
}
