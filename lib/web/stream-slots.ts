export interface StreamSlots {
  readonly isFull: (key: string) => boolean
  /** Takes a slot; the answer gives it back, once however often it is called. */
  readonly take: (key: string) => () => void
}

/** Counts the open streams of this process: at most `most`, and `mostOfOne` under one key, so that nobody takes all. */
export function createStreamSlots(most: number, mostOfOne: number): StreamSlots {
  const taken = new Map<string, number>()
  let all = 0
  const count = (key: string, change: 1 | -1) => {
    all += change
    const of = (taken.get(key) ?? 0) + change
    if (of > 0) taken.set(key, of)
    else taken.delete(key)
  }
  return {
    isFull: (key) => all >= most || (taken.get(key) ?? 0) >= mostOfOne,
    take(key) {
      let held = true
      count(key, 1)
      return () => {
        if (held) count(key, -1)
        held = false
      }
    },
  }
}
