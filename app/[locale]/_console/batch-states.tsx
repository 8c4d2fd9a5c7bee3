import { useTranslations } from 'next-intl'
import type { CdkState } from '@/lib/infra/prisma/enums'
import { Figure, Figures } from './facts'

/** How many CDKs of a batch are where. */
export function BatchStates({ states }: { states: readonly { readonly state: CdkState; readonly count: number }[] }) {
  const t = useTranslations('batches')
  const s = useTranslations('console.cdk')
  if (states.length === 0) return <p className="text-ink-soft">{t('noCdks')}</p>
  return (
    <Figures>
      {states.map(({ state, count }) => (
        <Figure key={state} name={s(state)}>
          {count}
        </Figure>
      ))}
    </Figures>
  )
}

export function countOf(
  states: readonly { readonly state: CdkState; readonly count: number }[],
  ...wanted: readonly CdkState[]
): number {
  return states.reduce((sum, { state, count }) => (wanted.includes(state) ? sum + count : sum), 0)
}
