/** How much of something is done, 0 to 1. Colour is not the only sign: the percentage stands beside it in words. */
export function ProgressBar({ label, share }: { label: string; share: number }) {
  const percent = Math.min(100, Math.max(0, Math.floor(share * 100)))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-3 overflow-hidden rounded-full border border-line bg-sunken"
    >
      <div className="h-full bg-jade-solid transition-[width] duration-500" style={{ width: `${percent}%` }} />
    </div>
  )
}
