'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button, type ButtonLook } from './button'

const SHOWN_MS = 2_500

/** Copies `text` and says so, in words and to screen readers. `what` names it for those who do not see the context. */
export function CopyButton({
  text,
  what,
  variant = 'secondary',
  size = 'sm',
  iconOnly = false,
}: ButtonLook & { text: string; what: string; iconOnly?: boolean }) {
  const t = useTranslations('common.client')
  const [result, setResult] = useState<'copied' | 'copyFailed' | null>(null)

  useEffect(() => {
    if (!result) return
    const timer = setTimeout(() => setResult(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [result])

  async function copy() {
    // Outside a secure context there is no clipboard: the reader is told to select the text.
    const done =
      'clipboard' in navigator &&
      (await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ))
    setResult(done ? 'copied' : 'copyFailed')
  }

  return (
    <span className="inline-flex">
      <Button
        variant={variant}
        size={size}
        onClick={copy}
        aria-label={`${t('copy')} ${what}`}
        title={iconOnly ? t('copy') : undefined}
      >
        {result === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
        {!iconOnly && t(result ?? 'copy')}
      </Button>
      <span role="status" className="sr-only">
        {result ? t(result) : ''}
      </span>
    </span>
  )
}
