import type { ReactNode } from 'react'
import { cx } from './ui/cx'

export type StationName = 'buyer' | 'held' | 'merchant'

interface Props {
  name: StationName
  icon: ReactNode
  label: ReactNode
  lit: boolean
  /** Part of the money that stands here, 0..1: the ring is drawn that far. */
  share: number
  here?: ReactNode
  note?: ReactNode
  /** Long amounts get a smaller size on phones, so that three fit side by side. */
  long?: boolean
  /** The explaining form: stations in a column on phones, sentences instead of amounts. */
  explain?: boolean
  children: ReactNode
}

const RADIUS = 22
const ROUND = 2 * Math.PI * RADIUS

/** One station of the money strip: a coin whose ring shows its share, its name, its amount. */
export function StripStation({
  name,
  icon,
  label,
  lit,
  share,
  here,
  note,
  long = false,
  explain = false,
  children,
}: Props) {
  const holds = share > 0
  return (
    <li
      aria-current={lit && !explain ? 'step' : undefined}
      className={cx(
        'relative grid content-start justify-items-center gap-x-3.5 px-0.5 text-center',
        explain &&
          'max-sm:grid-cols-[auto_1fr] max-sm:justify-items-start max-sm:pb-4 max-sm:text-start max-sm:last:pb-0',
      )}
    >
      {name !== 'merchant' && <Way down={explain} />}
      <span
        className={cx(
          'relative grid size-12 place-items-center rounded-full',
          explain && 'max-sm:row-span-2',
          lit ? 'bg-jade-wash text-jade' : 'bg-surface text-ink-soft',
        )}
      >
        <svg viewBox="0 0 48 48" aria-hidden className="absolute inset-0 -rotate-90">
          <circle
            cx="24"
            cy="24"
            r={RADIUS}
            fill="none"
            stroke="var(--line-strong)"
            strokeWidth="1.25"
            strokeDasharray="2.5 3.5"
            opacity={share < 1 ? 1 : 0}
          />
          {holds && (
            <circle
              cx="24"
              cy="24"
              r={RADIUS}
              fill="none"
              stroke="var(--jade)"
              strokeWidth="3"
              strokeDasharray={`${ROUND * share} ${ROUND}`}
            />
          )}
        </svg>
        <span className="[&_svg]:size-5">{icon}</span>
      </span>
      <span
        className={cx(
          'text-[0.9375rem]',
          explain ? 'font-semibold sm:mt-2' : 'mt-1.5',
          lit ? 'font-semibold text-jade' : explain ? '' : 'text-ink-soft',
        )}
      >
        {label}
      </span>
      {explain ? (
        <span className="text-[0.9375rem] text-ink-soft sm:px-3">{children}</span>
      ) : (
        <span
          className={cx(
            'whitespace-nowrap tabular-nums sm:text-lg',
            long ? 'text-xs' : 'text-[0.9375rem]',
            holds ? 'font-semibold text-ink' : 'text-ink-faint',
          )}
        >
          {children}
        </span>
      )}
      {here && <span className="text-2xs font-medium text-jade">{here}</span>}
      {note && <span className="text-2xs text-ink-soft">{note}</span>}
    </li>
  )
}

/** The line to the next station, with its arrow head. Directions are said by the list's order. */
function Way({ down }: { down: boolean }) {
  return (
    <>
      <svg
        aria-hidden
        viewBox="0 0 100 12"
        preserveAspectRatio="none"
        className={cx(
          'absolute top-[1.125rem] start-[calc(50%+1.9rem)] h-3 w-[calc(100%-3.8rem)] overflow-visible text-line-strong',
          down && 'max-sm:hidden',
        )}
      >
        <path d="M0 6H100" fill="none" stroke="currentColor" strokeWidth="1.25" vectorEffect="non-scaling-stroke" />
      </svg>
      <svg
        aria-hidden
        viewBox="0 0 8 12"
        className={cx(
          'absolute top-[1.125rem] end-[calc(-50%+1.9rem)] h-3 w-2 text-line-strong',
          down && 'max-sm:hidden',
        )}
      >
        <path d="M1 1l6 5-6 5" fill="none" stroke="currentColor" strokeWidth="1.25" />
      </svg>
      {down && (
        <span aria-hidden className="absolute top-[3.25rem] bottom-1 start-[1.75rem] w-px bg-line-strong sm:hidden" />
      )}
    </>
  )
}
