import { fileURLToPath } from 'node:url'

/** Tells the layer check what '@/' means: it cannot read tsconfig.json without the old TypeScript API. */
export default { resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '') } } }
