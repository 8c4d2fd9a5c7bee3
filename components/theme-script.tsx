/**
 * Sets the chosen theme before the first paint. Runs from the HTML, so that pages stay the same for everybody and may
 * be cached; without JavaScript the system's preference decides.
 */
const SCRIPT = `try{var m=document.cookie.match(/(?:^|; )theme=(light|dark)/);if(m)document.documentElement.dataset.theme=m[1]}catch(e){}`

export function ThemeScript({ nonce }: { nonce?: string | undefined }) {
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />
}
