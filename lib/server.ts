import { randomUUID } from "node:crypto";
import { type Auth, createAuth } from "#lib/accounts/auth";
import { claimAdmin, type InstanceSettings, takesSignUps } from "#lib/accounts/instance";
import { limitsOf } from "#lib/accounts/limits";
import { signInProviders } from "#lib/accounts/sign-in-providers";
import { createAccessWatch } from "#lib/accounts/watch-access";
import { type Awake, createAwake } from "#lib/awake/awake";
import { createSummon } from "#lib/awake/summon";
import { IDLE_CONNECTION_SECONDS } from "#lib/awake/times";
import { adoptGuest } from "#lib/conversations/adopt-guest";
import { announceConversation } from "#lib/conversations/announce";
import { createAsides } from "#lib/conversations/asides";
import type { Deps } from "#lib/conversations/deps";
import { eraseIdleGuests } from "#lib/conversations/erase-guests";
import { eraseLeft } from "#lib/conversations/erase-left";
import { replyTo } from "#lib/conversations/reply-to";
import { openShares } from "#lib/conversations/shared";
import { createDatabase, type Database } from "#lib/database/client";
import { env, type Settings } from "#lib/env";
import { Failure } from "#lib/errors";
import { deleteUnsentFiles } from "#lib/files/delete-unsent";
import { type FileLimits, fileLimitsOf } from "#lib/files/limits";
import { createJanitor } from "#lib/generations/janitor";
import { createWorker } from "#lib/generations/worker";
import { createLog, type Log } from "#lib/log/log";
import { explainFailure } from "#lib/models/model-failure";
import { createModels, type Models } from "#lib/models/models";
import { createTools, type Toolbox } from "#lib/models/tools/registry";
import { createMoments, type Moments } from "#lib/moments";
import { createLogger, logMoments } from "#lib/observe/log-lines";
import { createMetrics, type Metrics } from "#lib/observe/metrics";
import { tracing } from "#lib/observe/tracing";
import { openLines } from "#lib/open-lines";
import { pinned } from "#lib/process";
import type { SignInProvider } from "#lib/protocol/accounts";

const POOL_CONNECTIONS = 10;
/** How long a restart takes, about. */
const RESTART_RETRY_MS = 1_000;
/** Of the time that a stop may take, this much is for saving and handing over. */
const HAND_OVER_MS = 2_000;

/** Everything one process has: made once, started by `instrumentation.ts`, used by routes and pages. */
export type Server = Omit<Deps, "log" | "models"> & {
  log: Log;
  models: Models & Deps["models"];
  auth: Auth;
  /** Where else people may have an account that they can sign in by. */
  signInProviders: SignInProvider[];
  /** Whether whoever comes may chat at once. */
  takesGuests: boolean;
  takesSignUps(): Promise<boolean>;
  /** What is said to the admin of what the settings say. */
  instanceSettings: InstanceSettings;
  /** How much of what people attach is kept. */
  fileLimits: FileLimits;
  moments: Moments;
  /** Absent where the settings want none. */
  metrics: Metrics | undefined;
  /** Absent where a process is awake for as long as it lives. */
  awake: Awake | undefined;
  /** What whoever asks for a sweep has to say; absent where nobody may. */
  sweepSecret: string | undefined;
  /** Takes what others left, and clears away what is old. Not waited for. */
  sweep(): void;
  /** Begins to answer. */
  start(): void;
  /** Says goodbye to its lines, lets short answers end, and hands over the rest, all within the grace. */
  stop(): Promise<void>;
};

export function server(): Server {
  return pinned("server", () => {
    const made = createServer(env());
    logMoments(made.moments, createLogger(env()));
    openLines().watchedBy({
      opened: () => made.moments.emit("line.opened", {}),
      ended: (facts) => made.moments.emit("line.ended", facts),
    });
    return made;
  });
}

/** @throws if there is no database to stand on */
export function createServer(settings: Settings, given?: { tools?: Toolbox }): Server {
  const url = settings.DATABASE_URL;
  if (!url)
    throw new Error("DATABASE_URL is not set. Set it, or start with `npm start`, which brings a database.");
  const listenUrl = settings.DATABASE_URL_DIRECT ?? url;
  const limitMs = settings.FUNCTION_LIMIT_MS;
  const idleSeconds = limitMs === undefined ? undefined : IDLE_CONNECTION_SECONDS;
  const pool = createDatabase(url, { max: POOL_CONNECTIONS, name: "rejoin", prepare: false, idleSeconds });
  const flush = createDatabase(url, { max: 1, name: "rejoin flush", prepare: false, idleSeconds });

  const instanceId = settings.INSTANCE_ID ?? randomUUID();
  const workerId = `${instanceId}:${randomUUID()}`;
  const leaseTtlMs = settings.LEASE_TTL_MS;
  const database: Database = pool.db;
  const moments = createMoments();
  moments.on("listen.up", ({ isPooled }) => {
    // Behind a transaction pooler a prepared statement would be somebody else's, so it waits until there is none for sure.
    if (isPooled || listenUrl !== url) return;
    for (const handle of [pool, flush]) handle.prepare();
  });
  const models = createModels(settings, {
    warn: (baseUrl, error) => moments.emit("models.unknown", { baseUrl, error }),
  });
  const tools = given?.tools ?? createTools(settings, { now: () => new Date(), moments });
  const log = createLog({
    database,
    sql: pool.sql,
    flushSql: flush.sql,
    listenUrl,
    workerId,
    leaseTtlMs,
    rests: limitMs !== undefined,
    onLeft: () => worker.lookForOrphans(),
    moments,
  });
  const asides = createAsides({
    database,
    log,
    models,
    titleModel: settings.TITLE_MODEL,
    takesFollowUps: settings.FOLLOW_UPS === "on",
    moments,
  });
  const worker = createWorker({
    database,
    flusher: log.flusher,
    committed: log.committed,
    left: log.leave,
    conversationChanged: announceConversation,
    ended: asides.ended,
    reply: (claim, side) =>
      replyTo({ database, models, tools, silenceMs: settings.MODEL_SILENCE_MS }, claim, side),
    // A tool that is not here any more may have had them.
    hasSideEffects: (toolName) => tools.now()[toolName]?.sideEffects ?? true,
    explain: explainFailure,
    instanceId,
    workerId,
    leaseTtlMs,
    goesOn: limitMs !== undefined,
    mayBegin: () => awake?.mayBegin() ?? true,
    moments,
  });
  const janitor = createJanitor({
    database,
    retentionHours: settings.LOG_RETENTION_HOURS,
    moments,
    chores: [
      { what: "files", batches: () => deleteUnsentFiles(database) },
      { what: "conversations", batches: () => eraseLeft({ database, log }) },
      {
        what: "guests",
        batches: () => eraseIdleGuests({ database, log }, { retentionDays: settings.GUEST_RETENTION_DAYS }),
      },
    ],
  });

  const awake = limitMs === undefined ? undefined : keptAwake(limitMs);

  const accessWatch = createAccessWatch({
    database,
    lines: openLines,
    openShares: (shareTokens) => openShares(database, shareTokens),
    moments,
  });

  const providers = signInProviders(settings);
  const takesSignUpsNow = () => takesSignUps(database, settings);
  const auth = createAuth({
    database,
    settings,
    providers,
    adoptGuest: (adoption) => adoptGuest({ database, log }, adoption),
    signedUp: (accountId) => claimAdmin(database, accountId),
    takesSignUps: takesSignUpsNow,
    failed: (error) => moments.emit("request.failed", { error }),
  });
  const metrics =
    settings.METRICS === "on"
      ? createMetrics(moments, {
          lines: () => openLines().count(),
          generations: worker.count,
          isListening: log.isListening,
        })
      : undefined;

  function keptAwake(limitMs: number): Awake {
    const { APP_URL: address, CRON_SECRET: secret } = settings;
    const summon = createSummon({ address, secret, limitMs, moments });
    return createAwake({
      limitMs,
      woken() {
        log.wake();
        worker.lookForOrphans();
      },
      done: () => Promise.all([worker.idle(), janitor.idle()]).then(asides.idle),
      isBusy: () => worker.count() > 0,
      handOver: () => worker.handOver().then(summon),
      rest: log.rest,
    });
  }

  return {
    database,
    log,
    auth,
    signInProviders: providers.offered,
    takesGuests: settings.GUESTS !== "off",
    takesSignUps: takesSignUpsNow,
    instanceSettings: settings,
    limits: limitsOf(settings),
    fileLimits: fileLimitsOf(settings),
    moments,
    metrics,
    awake,
    sweepSecret: settings.CRON_SECRET,
    sweep() {
      worker.lookForOrphans();
      janitor.now();
    },
    wakeWorker: worker.wake,
    start() {
      tools.start();
      worker.start();
      janitor.start();
      accessWatch.start();
    },
    models: { ...models, mustHave: (model) => mustHave(models, model) },
    async stop() {
      openLines().endAll({ reason: "restart", retryMs: RESTART_RETRY_MS });
      const graceMs = Math.max(0, settings.SHUTDOWN_GRACE_MS - HAND_OVER_MS);
      await Promise.all([worker.stop({ graceMs }), janitor.stop(), accessWatch.stop()]);
      await tools.stop();
      await asides.stop();
      await log.stop();
      await Promise.all([pool.end(), flush.end(), tracing().stop()]);
    },
  };
}

async function mustHave(models: Models, model: string): Promise<void> {
  if (await models.has(model)) return;
  throw new Failure("unknown-model", `${model} is not offered here. GET /api/models lists what is.`);
}
