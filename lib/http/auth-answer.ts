import { Failure, type FailureCode } from "#lib/errors";
import { json } from "./answers.ts";
import { problemBody } from "./problem.ts";
import { secureCookies } from "./secure-cookies.ts";

/** Better-auth's refusals, which say `message` and a code of their own, by status. */
const CODES: Record<number, FailureCode> = {
  400: "invalid-request",
  401: "wrong-credentials",
  403: "not-allowed",
  404: "not-found",
  409: "email-taken",
  422: "email-taken",
  429: "rate-limited",
};

/** What better-auth answered, with a refusal as a problem like every other one. */
export async function authAnswer(request: Request, response: Response): Promise<Response> {
  const answer = await inOurWords(response);
  const cookies = secureCookies(request, answer.headers.getSetCookie());
  answer.headers.delete("set-cookie");
  for (const cookie of cookies) answer.headers.append("set-cookie", cookie);
  return answer;
}

async function inOurWords(response: Response): Promise<Response> {
  const code = CODES[response.status];
  if (code === undefined || !response.headers.get("content-type")?.includes("json")) return response;
  const told = (await response.json()) as { message?: string } | null;
  const retryAfter = response.headers.get("x-retry-after");
  const failure = new Failure(code, sentence(told?.message ?? "This was refused"), {
    ...(retryAfter && { retryAfterSeconds: Number(retryAfter) }),
  });
  const { status, headers, body } = problemBody(failure);
  const answer = json(body, status, headers);
  for (const cookie of response.headers.getSetCookie()) answer.headers.append("set-cookie", cookie);
  return answer;
}

const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
