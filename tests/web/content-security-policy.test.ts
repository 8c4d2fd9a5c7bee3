import { expect, test } from 'vitest'
import { parseEnv } from '@/lib/infra/env'
import { payOrigins } from '@/lib/infra/payments/pay-origins'
import { contentSecurityPolicy } from '@/lib/web/content-security-policy'

const STRIPE = { KEYBOND_STRIPE_SECRET_KEY: 'sk_test_1', KEYBOND_STRIPE_WEBHOOK_SECRET: 'whsec_1' }

function formTargets(settings: Record<string, string>): string | undefined {
  return contentSecurityPolicy(false, payOrigins(parseEnv(settings)))
    .split('; ')
    .find((directive) => directive.startsWith('form-action'))
}

test('forms lead to this site alone, and to the hosted pages of Stripe once it is configured', () => {
  expect(formTargets({})).toBe("form-action 'self'")
  expect(formTargets(STRIPE)).toBe("form-action 'self' https://checkout.stripe.com https://connect.stripe.com")
  expect(formTargets({ ...STRIPE, KEYBOND_STRIPE_API: 'http://127.0.0.1:4010' })).toMatch(
    / http:\/\/127\.0\.0\.1:4010$/u,
  )
})

test('scripts are evaluated from text by the development server only', () => {
  expect(contentSecurityPolicy(false, [])).not.toContain('unsafe-eval')
  expect(contentSecurityPolicy(true, [])).toContain("'unsafe-eval'")
})
