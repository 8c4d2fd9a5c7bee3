'use client'

import { useNow } from 'next-intl'
import { useCallback, useSyncExternalStore } from 'react'

const SERVER_ZONE = 'Asia/Shanghai'

/**
 * The present moment, ticking every `everyMs`. While hydrating it is the server's moment, so that the first paint in
 * the browser equals the server's text.
 */
export function useTicking(everyMs: number): number {
  const atRender = useNow().getTime()
  const subscribe = useCallback(
    (changed: () => void) => {
      const timer = setInterval(changed, everyMs)
      return () => clearInterval(timer)
    },
    [everyMs],
  )
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / everyMs) * everyMs,
    () => atRender,
  )
}

const neverChanges = () => () => {}

/** The viewer's time zone; the server and the first paint use Shanghai's. */
export function useViewerZone(): string {
  return useSyncExternalStore(
    neverChanges,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => SERVER_ZONE,
  )
}
