import { createHash } from 'node:crypto'
import { Html } from './html'

/** The bank's own look, on purpose not the mall's. */
const STYLE = `
:root{color-scheme:light dark;--page:light-dark(#eef1f6,#10151f);--card:light-dark(#fff,#1a2130);--ink:light-dark(#182033,#e8ecf4);
--soft:light-dark(#4a566e,#aab4c8);--line:light-dark(#ccd4e2,#37425a);--brand:light-dark(#173b7a,#173b7a);--act:light-dark(#1a4fa8,#8db6ff);
--on-act:light-dark(#fff,#0b1730);--warn:light-dark(#fff3d6,#3a2f12);--warn-ink:light-dark(#5c3d00,#ffdf9e)}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","HarmonyOS Sans SC","Noto Sans SC","Microsoft YaHei",sans-serif}
header{background:var(--brand);color:#fff}
header div,main{max-width:34rem;margin:0 auto;padding:1rem}
header div{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;align-items:center}
header strong{font-size:1.125rem}
header a{color:#fff;display:inline-block;padding:.5rem 0}
.sandbox{margin:0;padding:.625rem 1rem;background:var(--warn);color:var(--warn-ink);text-align:center}
.card{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:1.25rem;margin:1rem 0}
h1{font-size:1.25rem;margin:0}h2{font-size:1rem;margin:0 0 .5rem}
.amount{font-size:2.25rem;line-height:1.2;font-variant-numeric:tabular-nums;margin:.5rem 0 1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1.25rem}
dt{color:var(--soft)}dd{margin:0;text-align:right;overflow-wrap:anywhere}dd small{font-size:.875rem}
button,.back{display:block;width:100%;min-height:3rem;border-radius:6px;font:inherit;text-align:center;text-decoration:none;padding:.625rem 1rem}
button{border:1px solid var(--act);background:var(--act);color:var(--on-act);font-weight:600;cursor:pointer}
button.quiet{background:none;color:var(--act)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem}
form+form{margin-top:1.25rem}form p{margin:0 0 .5rem}
.back{margin-top:.75rem;color:var(--act);border:1px solid var(--line)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}header :focus-visible{outline-color:#fff}
details{margin-top:1.25rem;border-top:1px solid var(--line);padding-top:.75rem}
summary{cursor:pointer;padding:.5rem 0;color:var(--soft)}
fieldset{border:0;margin:0;padding:0}legend{padding:0 0 .5rem;color:var(--soft)}
label{display:flex;gap:.75rem;align-items:flex-start;padding:.5rem 0}
label span{flex:1}label small{display:block;color:var(--soft)}
input[type=checkbox]{width:1.25rem;height:1.25rem;margin:.2rem 0 0;accent-color:var(--act)}
input[type=number],input[type=text],select{font:inherit;color:inherit;background:var(--page);border:1px solid var(--soft);border-radius:4px;padding:.375rem;min-width:0;max-width:13rem}
ul{margin:0;padding:0;list-style:none}li{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between;padding:.375rem 0;border-top:1px solid var(--line)}
li time,li small{color:var(--soft)}
`

/** The style as an element; not a character around it may change, its hash is the permission to use it. */
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`)

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** No script at all, no outside resource; forms lead here and from here back to the shop. */
export function contentPolicy(shopOrigin: string): string {
  return `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${shopOrigin}; base-uri 'none'; frame-ancestors 'none'`
}
