'use client'

import { useTranslations } from 'next-intl'
import { useFormStatus } from 'react-dom'

/** Says that the lines are being checked and sealed; nothing is kept until all of them are. */
export function UploadPending({ importing }: { importing: boolean }) {
  const t = useTranslations('upload')
  const { pending } = useFormStatus()
  return <p className="text-sm text-ink-soft">{importing ? t('pending') : pending ? t('looking') : t('once')}</p>
}
