import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { contentSecurityPolicy } from './lib/web/content-security-policy'

const withNextIntl = createNextIntlPlugin('./i18n/request.ts')

const dev = process.env.NODE_ENV === 'development'

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
]

const config: NextConfig = {
  agentRules: false,
  allowedDevOrigins: ['127.0.0.1'],
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` compares types for everything, not only for what a page imports.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Stock uploads are refused in words above 8 MiB; a little more must reach the action for that.
    serverActions: { bodySizeLimit: '12mb' },
    proxyClientMaxBodySize: '12mb',
  },
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: SECURITY_HEADERS },
      // proxy.ts writes it anew for pages, because where forms may lead depends on settings that a build does not know.
      // The sandbox bank and the files that people gave us bring stricter policies of their own, which one from here would replace.
      {
        source: '/((?!bank/|api/proofs/|api/evidence/).*)',
        headers: [{ key: 'Content-Security-Policy', value: contentSecurityPolicy(dev, []) }],
      },
    ]),
}

export default withNextIntl(config)
