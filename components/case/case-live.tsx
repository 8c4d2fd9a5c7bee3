'use client'

import { useEffect } from 'react'
import { useRouter } from '@/i18n/navigation'

/** Listens for a case's version and asks the server for the page again when it changed. Shows nothing. */
export function CaseLive({ complaintId, version }: { complaintId: string; version: string }) {
  const router = useRouter()
  useEffect(() => {
    const source = new EventSource(`/api/complaints/${complaintId}/events`)
    source.addEventListener('version', ({ data }) => {
      if (data !== version) router.refresh()
    })
    return () => source.close()
  }, [complaintId, version, router])
  return null
}
