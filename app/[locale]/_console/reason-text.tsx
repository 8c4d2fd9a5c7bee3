import { useTranslations } from 'next-intl'

/** Why something happened: the machine's own reasons are translated, people's words stay as they are. */
export function ReasonText({ reason }: { reason: string }) {
  const t = useTranslations('console.reason')
  return <>{t.has(reason as 'duplicate-payment') ? t(reason as 'duplicate-payment') : reason}</>
}

/** The code of a ledger transfer in words. */
export function TransferText({ code }: { code: string }) {
  const t = useTranslations('console.transfer')
  return <>{t.has(code as 'pay') ? t(code as 'pay') : code}</>
}
