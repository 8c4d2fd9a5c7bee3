'use client'

import { useTranslations } from 'next-intl'
import { useFormStatus } from 'react-dom'

/** Says that the lines are being checked and sealed; nothing is kept until all of them are. */
export function UploadPending() {
  const t = useTranslations('upload')
  const { pending } = useFormStatus()
  return <p className="text-sm text-ink-soft">{pending ? t('pending') : t('once')}</p>
}
