import { CopyButton } from '@/components/ui/copy-button'
import { cx } from '@/components/ui/cx'

const SHOWN = 8

/** A long id: its end in sight (the start is the time and alike for neighbours), the whole of it in the clipboard. */
export function CopyId({ id, what, whole = false }: { id: string; what: string; whole?: boolean }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-0.5">
      <span className={cx('min-w-0 font-mono text-sm', whole ? 'break-all' : 'whitespace-nowrap')} title={id}>
        {whole ? id : `…${id.slice(-SHOWN)}`}
      </span>
      <CopyButton text={id} what={what} variant="quiet" iconOnly />
    </span>
  )
}
