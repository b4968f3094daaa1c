import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { anonymous } from "better-auth/plugins/anonymous";
import * as schema from "#drizzle/accounts";
import type { Database } from "#lib/database/client";
import type { Settings } from "#lib/env";
import { newId } from "#lib/protocol/ids";
import { deviceName } from "./device-name.ts";
import { ACCOUNT_DISABLED } from "./disabled.ts";
import { signInByLink } from "./sign-in-by-link.ts";
import type { signInProviders } from "./sign-in-providers.ts";

const DAY_SECONDS = 24 * 60 * 60;
/** A device that is not used for so long is signed out. */
const DEVICE_MAX_AGE_SECONDS = 180 * DAY_SECONDS;
/** Passwords that may be tried from one address within a minute. */
const PASSWORDS_PER_MINUTE = 10;
const SIGN_UP_CLOSED = "New accounts are not taken here.";

export type Auth = ReturnType<typeof createAuth>;

/** What a guest did becomes the account's that they sign in to; resolves once that is committed. */
export type AdoptGuest = (adoption: { guestId: string; accountId: string }) => Promise<void>;

/** Sign-up, sign-in and sign-out, by better-auth, in our words and tables. */
export function createAuth({
  database,
  settings,
  providers,
  adoptGuest,
  signedUp,
  takesSignUps,
  failed,
}: {
  database: Database;
  settings: Pick<Settings, "APP_URL" | "AUTH_SECRET" | "GUESTS">;
  providers: ReturnType<typeof signInProviders>;
  adoptGuest: AdoptGuest;
  /** Told of each new account that is no guest's, once it is there. */
  signedUp: (accountId: string) => Promise<void>;
  takesSignUps: () => Promise<boolean>;
  /** Takes what nobody did wrong. */
  failed: (error: unknown) => void;
}) {
  return betterAuth({
    appName: "Rejoin",
    baseURL: settings.APP_URL ?? "http://localhost:3000",
    basePath: "/api/auth",
    secret: settings.AUTH_SECRET ?? missingSecret(),
    telemetry: { enabled: false },
    trustedOrigins: (request) => [...ownOrigins(request), ...(settings.APP_URL ? [settings.APP_URL] : [])],
    database: drizzleAdapter(database, { provider: "pg", schema, transaction: true }),
    advanced: {
      cookiePrefix: "rejoin",
      // Whether a cookie is for https alone is decided where it is set, by how the browser came. Decided here it
      // would be once for all, by a name that the browsers of a plain network refuse.
      useSecureCookies: false,
      database: { generateId: () => newId() },
      // The route holds the Origin against ours, as on every address; a program that sends none holds no cookie to abuse.
      disableCSRFCheck: true,
    },
    user: {
      modelName: "accounts",
      additionalFields: { disabledAt: { type: "date", required: false, input: false } },
      validateUserInfo: async ({ source }) => {
        if (source.action !== "create-user") return;
        // Asked before it began, see below.
        if (source.method === "email-password") return;
        const isTaken = source.method === "anonymous" ? settings.GUESTS !== "off" : await takesSignUps();
        if (!isTaken) return { error: "sign-up-closed", errorDescription: SIGN_UP_CLOSED };
      },
    },
    session: {
      modelName: "devices",
      fields: { userId: "accountId", userAgent: "name" },
      expiresIn: DEVICE_MAX_AGE_SECONDS,
      updateAge: DAY_SECONDS,
      additionalFields: { lastSeenAt: { type: "date", required: false, input: false } },
    },
    account: {
      modelName: "credentials",
      fields: { userId: "ownerId", accountId: "subject" },
      encryptOAuthTokens: true,
    },
    verification: { modelName: "verifications" },
    emailAndPassword: { enabled: true },
    socialProviders: providers.social,
    hooks: {
      // A sign-up is a transaction. If each asked on a second connection from within its own, as many at once as there
      // are connections would wait for one another for ever.
      before: createAuthMiddleware(async ({ path }) => {
        if (path === "/sign-up/email" && !(await takesSignUps())) {
          throw new APIError("FORBIDDEN", { code: "sign-up-closed", message: SIGN_UP_CLOSED });
        }
      }),
    },
    databaseHooks: {
      user: {
        create: {
          // After the commit.
          after: async ({ id, isAnonymous }) => {
            if (!isAnonymous) await signedUp(id);
          },
        },
      },
      session: {
        create: {
          before: async ({ userAgent, ...device }, context) => {
            // On the connection of the transaction, if there is one.
            const owner = await context?.context.internalAdapter.findUserById(device.userId);
            if (owner && "disabledAt" in owner && owner.disabledAt) {
              throw new APIError("FORBIDDEN", { code: "account-disabled", message: ACCOUNT_DISABLED });
            }
            // Only the name is kept, neither the words it is read from nor where the device is.
            return { data: { ...device, userAgent: deviceName(userAgent ?? ""), ipAddress: null } };
          },
        },
      },
    },
    rateLimit: {
      customRules: {
        "/sign-in/anonymous": false,
        "/get-session": false,
        // 256 random bits are not guessed, however often they are tried.
        "/sign-in/link": false,
        "/sign-in/email": { window: 60, max: PASSWORDS_PER_MINUTE },
        "/sign-up/email": { window: 60, max: PASSWORDS_PER_MINUTE },
      },
    },
    plugins: [
      signInByLink(database),
      providers.openId,
      anonymous({
        schema: { user: { fields: { isAnonymous: "isGuest" } } },
        generateName: () => "Guest",
        // Adopting deletes the guest in its own transaction, when nothing can come to be theirs any more.
        disableDeleteAnonymousUser: true,
        onLinkAccount: async ({ anonymousUser, newUser }) => {
          if (newUser.user.id === anonymousUser.user.id) return;
          await adoptGuest({ guestId: anonymousUser.user.id, accountId: newUser.user.id });
        },
      }),
    ],
    onAPIError: {
      // Where a browser is sent that comes back from elsewhere in vain.
      errorURL: "/sign-in",
      onError: (error) => {
        // What a person did wrong is told to them. The rest is the operator's.
        if (!(error instanceof APIError) || error.statusCode >= 500) failed(error);
      },
    },
    logger: { level: "error" },
    // What the product does in its own words, or not at all; some of these would tell a page its devices' tokens.
    disabledPaths: [
      "/list-sessions",
      "/revoke-session",
      "/revoke-sessions",
      "/update-session",
      "/delete-anonymous-user",
    ],
  });
}

/** Under whichever name a browser reached us. */
function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get("x-forwarded-host") ?? request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}

function missingSecret(): never {
  throw new Error(
    "AUTH_SECRET is not set. Start with `npm start`, or set it to 32 random characters or more.",
  );
}
