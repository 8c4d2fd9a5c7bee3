import { useTranslations } from 'next-intl'
import { useId, type ReactNode } from 'react'
import { Button, buttonClass, type ButtonLook } from './button'
import { SubmitButton } from './submit-button'

type Props = ButtonLook & {
  /** On the first button, e.g. "下架". */
  label: ReactNode
  /** The question, naming what it destroys or moves. */
  question: ReactNode
  children?: ReactNode
  /** On the button that does it. */
  confirm: ReactNode
  danger?: boolean
  name?: string
  value?: string
}

/**
 * Asks once before its form is submitted. Place it inside the <form>. The browser's popover opens and closes it without
 * our JavaScript; a browser that has no popover shows the question at once, which still asks.
 */
export function ConfirmSubmit({
  label,
  question,
  children,
  confirm,
  danger = true,
  variant = 'secondary',
  size,
  wide,
  name,
  value,
}: Props) {
  const t = useTranslations('common.client.confirm')
  const id = useId()
  return (
    <>
      <Button variant={variant} size={size} wide={wide} popoverTarget={id} aria-haspopup="dialog">
        {label}
      </Button>
      <div
        id={id}
        popover="auto"
        role="alertdialog"
        aria-labelledby={`${id}-question`}
        className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-5 text-start text-ink shadow-lift"
      >
        <p id={`${id}-question`} className="text-lg font-semibold">
          {question}
        </p>
        {children && <div className="mt-2 text-ink-soft">{children}</div>}
        <div className="mt-5 flex flex-wrap justify-end gap-3">
          <button
            type="button"
            popoverTarget={id}
            popoverTargetAction="hide"
            className={buttonClass({ variant: 'secondary' })}
          >
            {t('cancel')}
          </button>
          <SubmitButton variant={danger ? 'danger' : 'primary'} name={name} value={value}>
            {confirm}
          </SubmitButton>
        </div>
      </div>
    </>
  )
}
