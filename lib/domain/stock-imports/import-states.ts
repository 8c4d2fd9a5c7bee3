import type { ImportState } from '@/lib/infra/prisma/enums'

interface Transition {
  readonly from: readonly ImportState[]
  readonly to: ImportState
  readonly by: 'merchant' | 'importer'
  /** What it does besides the state, for people who read this table. */
  readonly effect: string
}

/** The state machine of an import. Every verb names its transition; the guard goes into the UPDATE. */
export const IMPORT_TRANSITIONS = {
  adjust: {
    from: ['UPLOADED', 'CHECKED'],
    to: 'UPLOADED',
    by: 'merchant',
    effect: 'another reading; a dry run is forgotten',
  },
  check: {
    from: ['UPLOADED', 'CHECKED'],
    to: 'CHECKING',
    by: 'merchant',
    effect: 'dry run: rejections, nothing taken',
  },
  queue: {
    from: ['UPLOADED', 'CHECKED'],
    to: 'QUEUED',
    by: 'merchant',
    effect: 'rejections of a dry run are forgotten',
  },
  run: { from: ['QUEUED'], to: 'RUNNING', by: 'importer', effect: 'leased; lines are taken chunk by chunk' },
  checked: { from: ['CHECKING'], to: 'CHECKED', by: 'importer', effect: 'lease given back; the merchant decides' },
  finish: {
    from: ['RUNNING'],
    to: 'DONE',
    by: 'importer',
    effect: 'looked again for codes that others brought meanwhile',
  },
  refuse: {
    from: ['RUNNING'],
    to: 'REFUSED',
    by: 'importer',
    effect: 'all-or-nothing and a line was faulty: no batch',
  },
  fail: { from: ['CHECKING', 'RUNNING'], to: 'FAILED', by: 'importer', effect: 'what was taken stays in its batch' },
  stop: { from: ['CHECKING', 'RUNNING'], to: 'CANCELLED', by: 'importer', effect: 'asked for; what was taken stays' },
  cancel: { from: ['UPLOADED', 'CHECKED', 'QUEUED'], to: 'CANCELLED', by: 'merchant', effect: 'nothing was taken' },
} as const satisfies Record<string, Transition>
