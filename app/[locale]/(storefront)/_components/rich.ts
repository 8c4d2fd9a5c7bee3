import type { ReactNode } from 'react'

/** A tag of a message that stands for this node: `t.rich('from', { price: node(<Money .../>) })`. */
export function node(content: ReactNode): () => ReactNode {
  return () => content
}
