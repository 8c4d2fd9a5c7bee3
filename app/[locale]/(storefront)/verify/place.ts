/** Where in a proof something is, for people who do not count from zero. */
export type Place =
  | { readonly kind: 'event'; readonly cdk: number; readonly event: number }
  | { readonly kind: 'chain'; readonly cdk: number }
  | { readonly kind: 'character' | 'handover' | 'witness'; readonly at: number }
  | { readonly kind: 'checkpoint' | 'older' | 'key' | 'subject' | 'other' }

/** Reads the `where` of a report's problem. */
export function placeOf(where: string): Place {
  const [first = '', second = '', third = ''] = where.split(/[. ]/u)
  if (first === 'chains' && isNumber(second)) {
    const cdk = Number(second) + 1
    return isNumber(third) ? { kind: 'event', cdk, event: Number(third) + 1 } : { kind: 'chain', cdk }
  }
  if (first === 'character' && isNumber(second)) return { kind: 'character', at: Number(second) + 1 }
  if (first === 'witnesses' && isNumber(second)) return { kind: 'witness', at: Number(second) + 1 }
  if (first === 'log' && second === 'handovers' && isNumber(third)) return { kind: 'handover', at: Number(third) + 1 }
  if (first === 'log' && second === 'firstKey') return { kind: 'key' }
  return first === 'checkpoint' || first === 'older' || first === 'subject' ? { kind: first } : { kind: 'other' }
}

function isNumber(text: string): boolean {
  return /^\d{1,9}$/u.test(text)
}
