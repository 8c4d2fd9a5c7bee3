/** People who sign in, and what operators among them did by hand. */
export * from './create-user'
export * from './record-operator-action'
export * from './remember-locale'
