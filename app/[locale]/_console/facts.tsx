import type { ReactNode } from 'react'

/** Facts as term and value; two columns from 640 px on. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-6 sm:grid-cols-[minmax(7rem,auto)_1fr]">{children}</dl>
}

export function Fact({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-b border-line py-2 last:border-b-0 max-sm:grid-cols-[7rem_1fr] sm:col-span-2 sm:grid-cols-subgrid">
      <dt className="text-sm leading-7 text-ink-soft">{term}</dt>
      <dd className="min-w-0 leading-7 break-words">{children}</dd>
    </div>
  )
}

/** A number that matters, with its name above and what it means beneath. */
export function Figure({ name, note, children }: { name: ReactNode; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid content-start gap-0.5 rounded-lg border border-line bg-surface px-3 py-3 sm:px-4 sm:py-3.5">
      <p className="text-sm text-ink-soft">{name}</p>
      <p className="text-lg font-semibold tabular-nums sm:text-2xl">{children}</p>
      {note && <p className="text-sm text-ink-soft">{note}</p>}
    </div>
  )
}

export function Figures({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">{children}</div>
}
