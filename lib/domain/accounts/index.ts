/** People who sign in. */
export * from './create-user'
