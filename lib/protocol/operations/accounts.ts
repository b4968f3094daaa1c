import { z } from "zod";
import {
  apiKeyListSchema,
  deviceListSchema,
  lookAtSignInLinkBody,
  madeApiKeySchema,
  makeApiKeyBody,
  makeSignInLinkBody,
  seenSignInLinkSchema,
  signInLinkSchema,
} from "../accounts.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";

export const accountOperations = {
  listApiKeys: {
    method: "GET",
    path: "/api/api-keys",
    summary: "The account's API keys, without what they say",
    by: "device",
    answers: { 200: { json: apiKeyListSchema } },
  },
  makeApiKey: {
    method: "POST",
    path: "/api/api-keys",
    summary: "Make an API key; what it says is told this once",
    by: "device",
    body: makeApiKeyBody,
    answers: { 201: { json: madeApiKeySchema } },
  },
  revokeApiKey: {
    method: "DELETE",
    path: "/api/api-keys/{apiKeyId}",
    summary: "Revoke an API key",
    by: "device",
    params: z.object({ apiKeyId: idSchema }),
    answers: { 204: {} },
  },
  listDevices: {
    method: "GET",
    path: "/api/devices",
    summary: "Where the account is signed in",
    by: "device",
    answers: { 200: { json: deviceListSchema } },
  },
  signOutOtherDevices: {
    method: "DELETE",
    path: "/api/devices",
    summary: "Sign out every device but the one that asks",
    by: "device",
    answers: { 204: {} },
  },
  signOutDevice: {
    method: "DELETE",
    path: "/api/devices/{deviceId}",
    summary: "Sign a device out, wherever it is",
    by: "device",
    params: z.object({ deviceId: idSchema }),
    answers: { 204: {} },
  },
  makeSignInLink: {
    method: "POST",
    path: "/api/sign-in-links",
    summary: "Make a way in for another device: once, and for two minutes",
    by: "device",
    body: makeSignInLinkBody,
    answers: { 201: { json: signInLinkSchema } },
  },
  lookAtSignInLink: {
    method: "POST",
    path: "/api/sign-in-links/look",
    summary: "Whose account a link leads to; looking does not use it up",
    by: "anybody",
    body: lookAtSignInLinkBody,
    answers: { 200: { json: seenSignInLinkSchema } },
  },
} satisfies Record<string, Operation>;
