import type { ActorKind } from '@/lib/infra/prisma/enums'

/** Who caused a change; written into every order event. A guest buyer has no id. */
export interface Actor {
  readonly kind: ActorKind
  readonly id: string | null
}

export const SYSTEM: Actor = { kind: 'SYSTEM', id: null }
