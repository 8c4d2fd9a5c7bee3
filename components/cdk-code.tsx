import { useTranslations } from 'next-intl'
import { cx } from './ui/cx'

const GROUPED = /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u
const LONGEST_UNGROUPED = 6

/** How a code is shown in groups. Gaps are drawn, never typed: selecting and copying gives the code itself. */
function groupsOf(code: string): readonly string[] {
  if (!GROUPED.test(code)) return [code]
  if (code.includes('-')) return code.split(/(?<=-)/)
  if (code.length <= LONGEST_UNGROUPED) return [code]
  const size = code.length % 5 === 0 ? 5 : 4
  return code.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [code]
}

/** A CDK in the mono face; a line breaks between groups, never inside one. Accounts and links keep their own form. */
export function CdkCode({ code, className }: { code: string; className?: string }) {
  const groups = groupsOf(code)
  const gapped = groups.length > 1 && !code.includes('-')
  return (
    <code className={cx('font-mono text-lg leading-relaxed tracking-wide wrap-anywhere select-all', className)}>
      {groups.map((group, index) => (
        <span key={index}>
          {index > 0 && <wbr />}
          <span
            className={cx(
              groups.length > 1 && 'whitespace-nowrap',
              gapped && index < groups.length - 1 && 'me-[0.55em]',
            )}
          >
            {group}
          </span>
        </span>
      ))}
    </code>
  )
}

/** Stands where a code will be. It is not the code's shape: nothing about the secret is on the page. */
export function MaskedCdk({ className }: { className?: string }) {
  const t = useTranslations('common.cdk')
  return (
    <span className={cx('font-mono text-lg tracking-wide text-ink-faint', className)}>
      <span className="sr-only">{t('masked')}</span>
      <span aria-hidden className="whitespace-nowrap">
        •••• <span className="ms-1">••••</span> <span className="ms-1">••••</span> <span className="ms-1">••••</span>
      </span>
    </span>
  )
}
