'use client'

import { useLayoutEffect } from 'react'

const SCRIPT = `try{var m=document.cookie.match(/(?:^|; )theme=(light|dark)/);if(m)document.documentElement.dataset.theme=m[1]}catch(e){}`

/**
 * Sets the chosen theme before the first paint. Runs from the HTML, so that pages stay the same for everybody and may
 * be cached; without JavaScript the system's preference decides. When React draws the document anew (a not-found page),
 * scripts do not run and the attribute is gone: the effect sets it again before the paint.
 */
export function ThemeScript() {
  useLayoutEffect(() => {
    const chosen = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1]
    if (chosen) document.documentElement.dataset['theme'] = chosen
  }, [])
  return (
    <script
      type={typeof window === 'undefined' ? 'text/javascript' : 'text/plain'}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: SCRIPT }}
    />
  )
}
