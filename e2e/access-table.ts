import { randomUUID } from "node:crypto";
import { instanceRows } from "./access-instance.ts";
import { shareRows } from "./access-shares.ts";
import type { Ask } from "./api.ts";

/** What somebody has that an address or a body can name. */
export type Ids = Record<(typeof ID_NAMES)[number], string>;
export const ID_NAMES = [
  "accountId",
  "conversationId",
  "promptId",
  "answerId",
  "generationId",
  "apiKeyId",
  "deviceId",
  "fileId",
] as const;

/** Who asks for what the owner has. `key` and `revoked` are API keys of the owner, one of them no more. */
export const CALLERS = ["nobody", "revoked", "stranger", "key", "owner"] as const;
export type Statuses = Record<(typeof CALLERS)[number], number>;

export type Row = {
  /** A method and a folder of `app`, as `GET /api/conversations/[conversationId]`. */
  route: string;
  statuses: Statuses;
  ask: (ids: Ids) => [string, Ask?];
  /** Whether an id that nobody has yet makes something. Where it does not, a stranger learns nothing from the answer. */
  makes?: true;
};

/** The owner's alone, and for others as if it were not there. */
const theirs = (status: number): Statuses => ({ ...account(status), stranger: 404 });
/** Each one's own: a stranger gets what is the stranger's. */
const account = (status: number): Statuses => ({ ...anybody(status), nobody: 401, revoked: 401 });
/** What a program may not do, whoever's it is. */
const byDevice = (statuses: Statuses): Statuses => ({ ...statuses, key: 403 });
const anybody = (status: number): Statuses => ({
  nobody: status,
  revoked: status,
  stranger: status,
  key: status,
  owner: status,
});

/** The admin's, and not there for anybody else. What the admin is answered, the admin's own spec asks. */
const admins = account(404);

export const JSON_ONLY = { accept: "application/json" };
const TEXT = { "content-type": "text/plain" };
const EVENTS = { accept: "text/event-stream" };
export const prompt = () => ({ id: randomUUID(), text: "count to 1, 0 ms apart" });
const chat = (id: string) => ({
  id,
  message: {
    id: randomUUID(),
    role: "user",
    parts: [{ type: "text", text: "count to 1, 0 ms apart" }],
  },
});
/** Of something that nobody asked. */
export const approval = (id: string) => ({ id, approvalId: "of nobody", approved: true });
export const at = ({ conversationId }: Ids) => `/api/conversations/${conversationId}`;

/** Every route and method, at least once. A new route is a new row. */
export const ROWS: Row[] = [
  { route: "GET /api/conversations", statuses: account(200), ask: () => ["/api/conversations"] },
  {
    route: "POST /api/conversations",
    statuses: account(201),
    ask: () => ["/api/conversations", { body: {} }],
  },
  {
    route: "POST /api/conversations",
    statuses: theirs(200),
    ask: ({ conversationId }) => ["/api/conversations?of=theirs", { body: { id: conversationId } }],
    makes: true,
  },
  { route: "GET /api/conversations/[conversationId]", statuses: theirs(200), ask: (ids) => [at(ids)] },
  {
    route: "PATCH /api/conversations/[conversationId]",
    statuses: theirs(200),
    ask: (ids) => [at(ids), { method: "PATCH", body: { title: "Changed" } }],
  },
  {
    route: "DELETE /api/conversations/[conversationId]",
    statuses: theirs(204),
    ask: (ids) => [at(ids), { method: "DELETE" }],
  },
  {
    route: "POST /api/conversations/[conversationId]/restore",
    statuses: theirs(200),
    ask: (ids) => [`${at(ids)}/restore`, { method: "POST" }],
  },
  {
    route: "GET /api/conversations/[conversationId]/events",
    statuses: theirs(200),
    ask: (ids) => [`${at(ids)}/events?after=1`],
  },
  {
    route: "GET /api/conversations/[conversationId]/events",
    statuses: theirs(200),
    ask: (ids) => [`${at(ids)}/events?until=idle`, { headers: { ...EVENTS, "last-event-id": "1" } }],
  },
  {
    route: "POST /api/conversations/[conversationId]/messages",
    statuses: theirs(202),
    ask: (ids) => [`${at(ids)}/messages`, { body: prompt() }],
    makes: true,
  },
  {
    route: "POST /api/conversations/[conversationId]/messages",
    statuses: theirs(200),
    ask: (ids) => [`${at(ids)}/messages?as=events`, { body: prompt(), headers: EVENTS }],
    makes: true,
  },
  {
    route: "POST /api/conversations/[conversationId]/read",
    statuses: theirs(204),
    ask: (ids) => [`${at(ids)}/read`, { body: { sequence: 1 } }],
  },
  ...shareRows({ theirs, account, anybody }),
  {
    route: "POST /api/messages/[messageId]/regenerate",
    statuses: theirs(202),
    ask: ({ answerId }) => [`/api/messages/${answerId}/regenerate`, { body: { id: randomUUID() } }],
  },
  {
    route: "POST /api/messages/[messageId]/regenerate",
    statuses: theirs(400),
    ask: ({ promptId }) => [`/api/messages/${promptId}/regenerate`, { body: { id: randomUUID() } }],
  },
  {
    route: "POST /api/messages/[messageId]/approvals",
    statuses: theirs(400),
    ask: ({ answerId }) => [`/api/messages/${answerId}/approvals`, { body: approval(randomUUID()) }],
  },
  {
    route: "POST /api/generations/[generationId]/cancel",
    statuses: theirs(200),
    ask: ({ generationId }) => [`/api/generations/${generationId}/cancel`, { method: "POST" }],
  },
  {
    route: "POST /api/files",
    statuses: account(201),
    ask: () => ["/api/files?name=notes.md", { body: "some words", headers: TEXT }],
  },
  {
    route: "POST /api/files",
    statuses: { ...account(200), stranger: 409 },
    ask: ({ fileId }) => [`/api/files?id=${fileId}`, { body: "of the owner", headers: TEXT }],
    makes: true,
  },
  {
    route: "GET /api/files/[fileId]",
    statuses: theirs(200),
    ask: ({ fileId }) => [`/api/files/${fileId}`],
  },
  {
    route: "GET /api/follow",
    statuses: account(200),
    ask: () => ["/api/follow?log=account:0", { headers: JSON_ONLY }],
  },
  {
    route: "GET /api/follow",
    statuses: theirs(200),
    ask: ({ conversationId }) => [`/api/follow?log=${conversationId}:0`, { headers: JSON_ONLY }],
  },
  { route: "GET /api/search", statuses: account(200), ask: () => ["/api/search?q=count"] },
  { route: "GET /api/api-keys", statuses: byDevice(account(200)), ask: () => ["/api/api-keys"] },
  {
    route: "POST /api/api-keys",
    statuses: byDevice(account(201)),
    ask: () => ["/api/api-keys", { body: { name: "Another" } }],
  },
  {
    route: "DELETE /api/api-keys/[apiKeyId]",
    statuses: byDevice(theirs(204)),
    ask: ({ apiKeyId }) => [`/api/api-keys/${apiKeyId}`, { method: "DELETE" }],
  },
  { route: "GET /api/devices", statuses: byDevice(account(200)), ask: () => ["/api/devices"] },
  {
    route: "DELETE /api/devices/[deviceId]",
    statuses: byDevice(theirs(204)),
    ask: ({ deviceId }) => [`/api/devices/${deviceId}`, { method: "DELETE" }],
  },
  {
    route: "DELETE /api/devices",
    statuses: byDevice(account(204)),
    ask: () => ["/api/devices", { method: "DELETE" }],
  },
  {
    route: "POST /api/sign-in-links",
    statuses: byDevice(account(201)),
    ask: ({ conversationId }) => ["/api/sign-in-links", { body: { conversationId } }],
  },
  {
    route: "POST /api/sign-in-links/look",
    statuses: anybody(404),
    ask: () => ["/api/sign-in-links/look", { body: { token: "of nobody" } }],
  },
  {
    route: "POST /api/chat",
    statuses: theirs(200),
    ask: ({ conversationId }) => ["/api/chat", { body: chat(conversationId) }],
    makes: true,
  },
  {
    // A conversation that nobody has has nothing in flight either.
    route: "GET /api/chat/[conversationId]/stream",
    statuses: account(204),
    ask: ({ conversationId }) => [`/api/chat/${conversationId}/stream`],
  },
  { route: "GET /api/admin/accounts", statuses: admins, ask: () => ["/api/admin/accounts"] },
  {
    route: "PATCH /api/admin/accounts/[accountId]",
    statuses: admins,
    ask: ({ accountId }) => [
      `/api/admin/accounts/${accountId}`,
      { method: "PATCH", body: { disabled: true } },
    ],
  },
  { route: "GET /api/admin/instance", statuses: admins, ask: () => ["/api/admin/instance"] },
  {
    route: "PATCH /api/admin/instance",
    statuses: admins,
    ask: () => ["/api/admin/instance", { method: "PATCH", body: { signUp: "closed" } }],
  },
  { route: "GET /diagram-frame", statuses: anybody(200), ask: () => ["/diagram-frame"] },
  { route: "GET /diagram-frame/library", statuses: anybody(200), ask: () => ["/diagram-frame/library"] },
  ...instanceRows({ account, anybody }),
  { route: "GET /api/auth/[...all]", statuses: anybody(200), ask: () => ["/api/auth/get-session"] },
  {
    route: "POST /api/auth/[...all]",
    statuses: anybody(401),
    ask: () => ["/api/auth/sign-in/email", { body: { email: "nobody@example.org", password: "of nobody" } }],
  },
  ...["GET", "DELETE", "PATCH", "POST", "PUT"].map(
    (method): Row => ({
      route: `${method} /api/[[...address]]`,
      statuses: anybody(404),
      ask: () => ["/api/nothing/here", { method }],
    }),
  ),
];
