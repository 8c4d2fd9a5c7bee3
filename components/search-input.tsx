'use client'

import { useSearchParams } from 'next/navigation'
import type { ComponentProps } from 'react'

/** The search box keeps the words that the address asks for, on the server's page and after a soft navigation. */
export function SearchInput(props: Omit<ComponentProps<'input'>, 'type' | 'name'>) {
  const q = useSearchParams().get('q') ?? ''
  return <input key={q} type="search" name="q" defaultValue={q} {...props} />
}
