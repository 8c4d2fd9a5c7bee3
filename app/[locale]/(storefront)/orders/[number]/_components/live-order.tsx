'use client'

import { useEffect } from 'react'
import { useRouter } from '@/i18n/navigation'

/** Listens for the order's version and asks the server for the page again when it changed. Shows nothing. */
export function LiveOrder({ number, version, open }: { number: string; version: string; open: boolean }) {
  const router = useRouter()
  useEffect(() => {
    if (!open) return
    const source = new EventSource(`/api/orders/${number}/events`)
    source.addEventListener('version', ({ data }) => {
      if (data !== version) router.refresh()
    })
    return () => source.close()
  }, [number, version, open, router])
  return null
}
