export interface Nested {
  [name: string]: Value
}
type Value = string | Value[] | Nested

/** Decodes `a[b][0][c]=x` the way Stripe does: brackets nest, and a level whose names are all numbers is a list. */
export function decodeForm(text: string): Nested {
  const root: Nested = {}
  for (const [name, value] of new URLSearchParams(text)) place(root, stepsOf(name), value)
  return Object.fromEntries(Object.entries(root).map(([name, inner]) => [name, listed(inner)]))
}

function stepsOf(name: string): string[] {
  const [head = '', ...rest] = name.split('[')
  return [head, ...rest.map((step) => step.replace(/\]$/, ''))]
}

function place(level: Nested, [step = '', ...rest]: readonly string[], value: string): void {
  const name = step === '' ? String(Object.keys(level).length) : step
  if (rest.length === 0) {
    level[name] = value
    return
  }
  const inner = level[name]
  const next: Nested = typeof inner === 'object' && !Array.isArray(inner) ? inner : {}
  level[name] = next
  place(next, rest, value)
}

function listed(value: Value): Value {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, inner]): [string, Value] => [name, listed(inner)])
  return entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))
    ? entries.map(([, inner]) => inner)
    : Object.fromEntries(entries)
}
