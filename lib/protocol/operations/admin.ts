import { z } from "zod";
import {
  changeAccountBody,
  changedAccountSchema,
  changedInstanceSchema,
  changeInstanceBody,
  overseenListSchema,
  overseenQuery,
} from "../admin.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";

export const adminOperations = {
  listAccounts: {
    method: "GET",
    path: "/api/admin/accounts",
    summary: "The accounts of this instance, and how many guests there are",
    by: "admin",
    query: overseenQuery,
    answers: { 200: { json: overseenListSchema } },
  },
  changeAccount: {
    method: "PATCH",
    path: "/api/admin/accounts/{accountId}",
    summary: "Keep an account out, or let it in again",
    by: "admin",
    params: z.object({ accountId: idSchema }),
    body: changeAccountBody,
    answers: { 200: { json: changedAccountSchema } },
  },
  readInstance: {
    method: "GET",
    path: "/api/admin/instance",
    summary: "Whether new accounts are taken, and how much each may",
    by: "admin",
    answers: { 200: { json: changedInstanceSchema } },
  },
  changeInstance: {
    method: "PATCH",
    path: "/api/admin/instance",
    summary: "Close or open sign-up, and set daily limits; null is as the settings say",
    by: "admin",
    body: changeInstanceBody,
    answers: { 200: { json: changedInstanceSchema } },
  },
} satisfies Record<string, Operation>;
