/** The command that verifies without a browser. */
export function OfflineCommand({ vkey }: { vkey: string }) {
  return (
    <pre className="mt-3 rounded-md bg-sunken p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
      npm run provenance:verify -- bundle.json --key {vkey}
    </pre>
  )
}
