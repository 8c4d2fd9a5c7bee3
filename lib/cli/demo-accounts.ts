/** Who can sign in to a demo installation, for `npm start` to print. */
export { DEMO_ACCOUNTS } from '@/lib/seed/demo-accounts'
