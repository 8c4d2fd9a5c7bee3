const LEAVES = 'ledger|provenance|catalog|accounts|coupons|cart|notifications'
const MIDDLE = 'stock|payments|merchants'
// What follows money that providers tell of, each above those named before it.
const ABOVE_ORDERS = ['suspense', 'disputes', 'reconciliation', 'inbox']
// The generated names of the states, which every layer may write in its types.
const ENUMS = '^lib/infra/prisma/enums\\.ts$'

/** The arrows of the architecture (lib/README.md), one rule each; `npm run check` fails on the first import against them. */
export default {
  forbidden: [
    rule('kernel-depends-on-nothing', '^lib/kernel/', { path: '^(lib|app|components|i18n)/', pathNot: '^lib/kernel/' }),
    rule(
      'domain-sees-kernel-and-domain-only',
      '^lib/domain/',
      {
        path: '^(lib|app|components|i18n)/',
        pathNot: ['^lib/kernel/', '^lib/domain/', ENUMS],
      },
      { pathNot: '^lib/domain/tx\\.ts$' },
    ),
    rule(
      'domain-takes-enums-as-types-only',
      '^lib/domain/',
      { path: '^lib/infra/', dependencyTypesNot: ['type-only'] },
      { pathNot: '^lib/domain/tx\\.ts$' },
    ),
    rule('domain-tx-takes-only-the-prisma-types', '^lib/domain/tx\\.ts$', {
      path: '^(lib|app|components|i18n)/',
      pathNot: ['^lib/infra/prisma/', '^lib/domain/'],
    }),
    rule('domain-uses-no-framework-or-network', '^lib/domain/', { path: FRAMEWORKS() }),
    rule('domain-leaves-see-no-other-noun', `^lib/domain/(${LEAVES})/`, {
      path: '^lib/domain/[^/]+/',
      pathNot: '^lib/domain/$1/',
    }),
    rule('domain-middle-uses-leaves', '^lib/domain/(stock|payments)/', {
      path: '^lib/domain/[^/]+/',
      pathNot: ['^lib/domain/$1/', `^lib/domain/(${LEAVES})/`],
    }),
    // Seals what the chains of the stock hold; knows no business.
    rule('domain-sealing-uses-stock-and-provenance', '^lib/domain/sealing/', {
      path: '^lib/domain/[^/]+/',
      pathNot: '^lib/domain/(sealing|stock|provenance)/',
    }),
    // A merchant's payout goes through the payment port.
    rule('domain-merchants-use-payments-and-leaves', '^lib/domain/merchants/', {
      path: '^lib/domain/[^/]+/',
      pathNot: `^lib/domain/(merchants|payments|${LEAVES})/`,
    }),
    rule('domain-stock-imports-use-stock-and-leaves', '^lib/domain/stock-imports/', {
      path: '^lib/domain/[^/]+/',
      pathNot: `^lib/domain/(stock-imports|stock|${LEAVES})/`,
    }),
    rule('domain-orders-use-what-is-below', '^lib/domain/orders/', {
      path: '^lib/domain/[^/]+/',
      pathNot: `^lib/domain/(orders|${MIDDLE}|${LEAVES})/`,
    }),
    ...ABOVE_ORDERS.map((noun, at) =>
      rule(`domain-${noun}-uses-what-is-below`, `^lib/domain/${noun}/`, {
        path: '^lib/domain/[^/]+/',
        pathNot: `^lib/domain/(${[...ABOVE_ORDERS.slice(0, at + 1), 'orders'].join('|')}|${MIDDLE}|${LEAVES})/`,
      }),
    ),
    rule('domain-evidence-uses-complaints-and-below', '^lib/domain/evidence/', {
      path: '^lib/domain/[^/]+/',
      pathNot: `^lib/domain/(evidence|complaints|orders|${MIDDLE}|${LEAVES})/`,
    }),
    rule('domain-after-sale-uses-orders-and-below', '^lib/domain/(complaints|reviews|batches)/', {
      path: '^lib/domain/[^/]+/',
      pathNot: ['^lib/domain/$1/', `^lib/domain/(orders|${MIDDLE}|${LEAVES})/`],
    }),
    rule('domain-arbitration-uses-complaints-and-below', '^lib/domain/arbitration/', {
      path: '^lib/domain/[^/]+/',
      pathNot: `^lib/domain/(arbitration|complaints|orders|${MIDDLE}|${LEAVES})/`,
    }),
    rule('domain-buyer-limits-use-complaints-and-below', '^lib/domain/buyer-limits/', {
      path: '^lib/domain/[^/]+/',
      pathNot: `^lib/domain/(buyer-limits|complaints|orders|${MIDDLE}|${LEAVES})/`,
    }),
    // What verifies runs in a browser: the format of proofs, and the chain of a case.
    rule('domain-case-bundle-uses-provenance-and-the-chain', '^lib/domain/case-bundle/', {
      path: '^lib/domain/[^/]+/',
      pathNot: ['^lib/domain/(case-bundle|provenance)/', '^lib/domain/complaints/case-chain\\.ts$'],
    }),
    rule('queries-see-domain-and-kernel', '^lib/queries/', {
      path: '^(lib|app|components)/',
      pathNot: ['^lib/(kernel|domain|queries)/', ENUMS],
    }),
    // Infra may name the interface that a domain verb asks for (an import type), so that TypeScript checks the fit.
    rule('infra-sees-no-business', '^lib/infra/', {
      path: '^(lib|app|components)/',
      pathNot: [
        '^lib/(kernel|infra)/',
        '^lib/domain/tx\\.ts$',
        '^lib/domain/payments/provider\\.ts$',
        '^lib/domain/stock-imports/bulk-tx\\.ts$',
        '^lib/domain/notifications/mailer\\.ts$',
        '^lib/bank/protocol\\.ts$',
      ],
      dependencyTypesNot: ['type-only'],
    }),
    // Another company on the same server: it knows nothing of the mall, and the mall knows its protocol and its door.
    rule('bank-sees-no-mall', '^lib/bank/', { path: '^(lib|app|components)/', pathNot: '^lib/(kernel|infra|bank)/' }),
    rule('mall-sees-no-bank', '^(lib/(domain|queries|web)|components)/', { path: '^lib/bank/' }),
    // Reads uploads and knows of no database: whoever imports is told by it what the lines are.
    rule('stock-files-see-kernel-only', '^lib/stock-files/', {
      path: '^(lib|app|components|i18n)/',
      pathNot: '^lib/(kernel|stock-files)/',
    }),
    rule('web-sees-no-pages', '^lib/web/', { path: '^(app|components|lib/cli)/' }),
    rule('nothing-imports-commands', '^(lib|app|components)/', { path: '^lib/cli/' }, { pathNot: '^lib/cli/' }),
    // A page hands db() to a query and never asks it anything itself (lib/cli/checks/pages.ts).
    rule('pages-read-through-queries', '^app/.*\\.tsx$', { path: '^lib/infra/prisma/', pathNot: ENUMS }),
    rule('components-see-no-data', '^components/(?!case/)', {
      path: '^(lib/(infra|domain|queries|cli)|app)/',
      pathNot: ENUMS,
    }),
    // The pieces of a case's page take the case as it was read, whole.
    rule('case-pieces-see-a-case', '^components/case/', {
      path: '^(lib/(infra|domain|queries|cli)|app)/',
      pathNot: [ENUMS, '^lib/queries/case/', '^lib/domain/complaints/'],
    }),
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/infra/prisma/'] },
    exclude: { path: ['^\\.next/', '^tests/'] },
    parser: 'swc',
    tsPreCompilationDeps: true,
    webpackConfig: { fileName: 'lib/cli/layers-resolve.mjs' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}

function rule(name, from, to, fromMore = {}) {
  return { name, severity: 'error', from: { path: from, ...fromMore }, to }
}

function FRAMEWORKS() {
  return '^(next|react|react-dom|next-auth|next-intl|pg|pg-boss|pino|http|https|net|child_process|fs)(/|$)|node_modules/(next|react|react-dom|next-auth|next-intl|pg|pg-boss|pino)/'
}
