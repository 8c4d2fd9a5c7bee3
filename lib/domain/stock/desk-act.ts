import type { Actor } from '@/lib/domain/actor'

/** One submit at the stock desk: its parts are told in the log under one id, by one name. */
export interface DeskAct {
  readonly id: string
  readonly actor: Actor
}
