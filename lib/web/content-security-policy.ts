/**
 * The policy of every page (docs/decisions/0006-security-headers.md): nothing from outside, and forms lead nowhere but
 * here and to `formTargets`, also by redirect.
 */
export function contentSecurityPolicy(dev: boolean, formTargets: readonly string[]): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "frame-ancestors 'none'",
  ].join('; ')
}
