import { z } from "zod";
import {
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  signedInByLinkSchema,
  signedInSchema,
  signInByLinkBody,
} from "../accounts.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";

// Better-auth answers these, and parses them by itself: they are told here, and nothing is parsed by them.

const email = z.email();
const password = z.string().min(PASSWORD_MIN_LENGTH).max(PASSWORD_MAX_LENGTH);
const rememberMe = z.boolean().optional();

const signedIn = z.looseObject({ user: z.looseObject(signedInSchema.shape.user.shape) });

export const authOperations = {
  signUpByEmail: {
    method: "POST",
    path: "/api/auth/sign-up/email",
    summary: "Make an account and sign in to it; what a guest did is taken along",
    by: "anybody",
    body: z.object({ name: z.string(), email, password, rememberMe }),
    answers: { 200: { json: signedIn } },
  },
  signInByEmail: {
    method: "POST",
    path: "/api/auth/sign-in/email",
    summary: "Sign in; what a guest did is taken along",
    by: "anybody",
    body: z.object({ email, password: z.string(), rememberMe }),
    answers: { 200: { json: signedIn } },
  },
  signInByLink: {
    method: "POST",
    path: "/api/auth/sign-in/link",
    summary: "Sign in by a link that another device made; what a guest did is taken along",
    by: "anybody",
    body: signInByLinkBody,
    answers: { 200: { json: signedInByLinkSchema } },
  },
  signInAsGuest: {
    method: "POST",
    path: "/api/auth/sign-in/anonymous",
    summary: "Come in as a guest, where guests are taken",
    by: "anybody",
    answers: { 200: { json: signedIn } },
  },
  signOut: {
    method: "POST",
    path: "/api/auth/sign-out",
    summary: "Sign this device out",
    by: "anybody",
    answers: { 200: { json: z.object({ success: z.boolean() }) } },
  },
  whoIsSignedIn: {
    method: "GET",
    path: "/api/auth/get-session",
    summary: "Who is signed in on this device; null if nobody is",
    by: "anybody",
    answers: {
      200: { json: signedIn.extend({ session: z.looseObject({ id: idSchema }) }).nullable() },
    },
  },
} satisfies Record<string, Operation>;
