'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { Notice } from '@/components/ui/notice'
import { IDLE } from '@/lib/web/action-state'
import { changeStockAction } from '../actions'

/** The list with its ticks and what can be done with them; says how many were changed. */
export function DeskForm({ children }: { children: ReactNode }) {
  const t = useTranslations('desk')
  const [state, change] = useActionState(changeStockAction, IDLE)
  const answer = useRef<HTMLDivElement>(null)

  // The buttons stand under a long list: lead to what came of it, and close the question that was answered.
  useEffect(() => {
    if (state.status === 'idle') return
    const form = answer.current?.closest('form')
    for (const asked of form?.querySelectorAll<HTMLElement>(':popover-open') ?? []) asked.hidePopover()
    answer.current?.scrollIntoView({ block: 'center' })
  }, [state])

  return (
    <form action={change} className="grid gap-4">
      {/* The form's first button is what Enter presses, in the password's field or on a tick. It must not be one that retires. */}
      <button type="submit" disabled hidden aria-hidden />
      <div ref={answer} className="empty:hidden">
        {state.status === 'refused' && (
          <Notice kind="danger" live>
            {state.message}
          </Notice>
        )}
        {state.status === 'done' && (
          <Notice kind="success" live title={t('changed', { count: state.data.count })}>
            {state.data.more && t('changedMore')}
          </Notice>
        )}
      </div>
      {children}
    </form>
  )
}
