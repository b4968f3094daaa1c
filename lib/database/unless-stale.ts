/** What Postgres says to a connection that it ends. */
const ADMIN_SHUTDOWN = "57P01";

/**
 * Asks once more where the answer is the end of an earlier connection.
 *
 * Postgres.js keeps what Postgres said as it ended a connection that was at work, and tells it to the next statement
 * that opens the connection again, before that was sent. The statement at work itself is told `CONNECTION_CLOSED`.
 * So whoever is told `57P01` was never heard (postgres.js 3.4.9, `ErrorResponse` and `ReadyForQuery` in `connection.js`).
 */
export async function unlessStale<Answer>(ask: () => PromiseLike<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === ADMIN_SHUTDOWN)) throw error;
    return ask();
  }
}
