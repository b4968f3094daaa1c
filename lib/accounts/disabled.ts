/** What is told to whoever comes for an account that is kept out. */
export const ACCOUNT_DISABLED = "This account is disabled. Ask the admin of this instance.";
