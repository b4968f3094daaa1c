import { genericOAuth } from "better-auth/plugins/generic-oauth";
import type { Settings } from "#lib/env";
import type { SignInProvider } from "#lib/protocol/accounts";

export type ProviderSettings = Pick<
  Settings,
  | "GITHUB_CLIENT_ID"
  | "GITHUB_CLIENT_SECRET"
  | "GOOGLE_CLIENT_ID"
  | "GOOGLE_CLIENT_SECRET"
  | "OIDC_CLIENT_ID"
  | "OIDC_CLIENT_SECRET"
  | "OIDC_ISSUER"
  | "OIDC_NAME"
>;

/** Who else may say who somebody is, as the settings name them: what better-auth takes, and what the page offers. */
export function signInProviders(settings: ProviderSettings) {
  const github = client(settings.GITHUB_CLIENT_ID, settings.GITHUB_CLIENT_SECRET);
  const google = client(settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET);
  const oidc = client(settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET);
  const { OIDC_ISSUER: issuer } = settings;
  const offered: SignInProvider[] = [
    ...(oidc && issuer ? [{ id: "oidc", name: settings.OIDC_NAME }] : []),
    ...(google ? [{ id: "google", name: "Google" }] : []),
    ...(github ? [{ id: "github", name: "GitHub" }] : []),
  ];
  return {
    offered,
    social: { ...(github && { github }), ...(google && { google }) },
    openId: genericOAuth({
      config:
        oidc && issuer
          ? [
              {
                providerId: "oidc",
                discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
                scopes: ["openid", "email", "profile"],
                pkce: true,
                requireIdTokenVerification: true,
                ...oidc,
              },
            ]
          : [],
    }),
  };
}

function client(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId && clientSecret ? { clientId, clientSecret } : undefined;
}
