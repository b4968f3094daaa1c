import { Failure } from "#lib/errors";
import { openRoute } from "#lib/http/route";

/** Programs ask here, so what is not there is said in their words and not with a page. */
const nothing = openRoute(async () => {
  throw new Failure("not-found", "There is nothing at this address.");
});

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };
