import type { BetweenTabs, Channel, Lead, Word } from "./between-tabs.ts";
import { gather } from "./frame.ts";
import type { LineDeps, LineUse, LogFrame, Source } from "./held-line.ts";
import { type Leading, SAY_AGAIN_MS, takeLead } from "./lead.ts";
import type { Line } from "./line.ts";
import { nextRole, type Role, type RoleEvent } from "./role.ts";
import type { WorldEvent } from "./world.ts";

/** A leader that has had nothing to tell for so long, and up to twice that, is asked whether it is there. */
export const QUIET_MS = 4_000;
/** It answers at once. One that has not after this, and up to twice this, is no more, or frozen. */
export const ANSWER_MS = 1_500;

const CONNECTING: Line = { kind: "connecting", attempt: 0 };

type SharedLineDeps = LineDeps & { between: BetweenTabs; newId: () => string };

/**
 * The one line of a browser, as one of its tabs has it. The tab that leads holds it for what all of them follow, and
 * tells the others what it brings; each takes what comes after its own number. Nobody trusts a leader to have told
 * everything: numbers show what is missing, and whoever misses something says which number it has.
 *
 * @param onUnable told where the browser cannot say who leads: each tab is on its own then
 */
export function createSharedLine(deps: SharedLineDeps, use: LineUse, onUnable: () => void): Source {
  const { clock, random, world, between } = deps;
  const tab = deps.newId();
  let role: Role = { kind: "away" };
  /** The latest that was heard of, or was this tab's own. */
  let latestTerm = 0;
  /** The term in which this tab has last said what it follows. */
  let saidInTerm = 0;
  let heardAtMs = 0;
  let isHeldBack = false;
  let channel: Channel | undefined;
  let leading: Leading | undefined;
  let leaveLead: (() => void) | undefined;
  let leaveWorld: (() => void) | undefined;
  let forgetQuiet = () => {};
  let forgetSayAgain = () => {};

  function tell(event: RoleEvent) {
    const was = role;
    role = nextRole(role, event);
    if (role === was) return;
    if (was.kind === "leading") loseLead();
    enter(role);
  }

  function enter(entered: Role) {
    forgetQuiet();
    if (entered.kind === "away") return leave();
    channel ??= between.open(onWord);
    switch (entered.kind) {
      case "asking":
        sayFollowing();
        leaveLead ??= claimLead();
        return waitForWord();
      case "listening":
        // A new leader knows nobody yet.
        if (saidInTerm !== entered.term) sayFollowing();
        leaveLead ??= claimLead();
        return waitForWord();
      case "taking":
        leaveLead?.();
        use.onLine(CONNECTING, clock.nowMs() - heardAtMs);
        leaveLead = claimLead({ isForced: true });
        return;
      case "leading":
        forgetSayAgain();
        leading = takeLead({ ...deps, say: (word) => channel?.say(word) }, use, {
          term: entered.term,
          isFirst: saidInTerm === 0,
          isHeldBack,
        });
    }
  }

  function claimLead({ isForced = false } = {}): () => void {
    return between.claimLead({
      isForced,
      onGranted() {
        latestTerm = Math.max(latestTerm + 1, clock.nowMs());
        tell({ kind: "granted", term: latestTerm });
      },
      onRobbed: () => tell({ kind: "robbed" }),
      onUnable() {
        stop();
        onUnable();
      },
    });
  }

  function loseLead() {
    leading?.close();
    leading = undefined;
    leaveLead?.();
    leaveLead = undefined;
    heardAtMs = clock.nowMs();
    use.onLine(CONNECTING, 0);
  }

  function waitForWord() {
    forgetQuiet();
    const ms = role.kind === "asking" ? ANSWER_MS : QUIET_MS;
    forgetQuiet = clock.after(ms * (1 + random()), () => tell({ kind: "quiet" }));
  }

  function sayFollowing(isSeen = false) {
    saidInTerm = latestTerm;
    channel?.say({ kind: "following", tab, places: use.places(), isSeen });
    forgetSayAgain();
    forgetSayAgain = clock.after(SAY_AGAIN_MS, sayFollowing);
  }

  function onWord(word: Word) {
    if (word.kind === "following" || word.kind === "left") leading?.hear(word);
    // They have slept, and hear who leads now.
    else if (word.term < latestTerm) leading?.sayLine();
    else onLead(word);
  }

  function onLead(word: Lead) {
    latestTerm = word.term;
    heardAtMs = clock.nowMs();
    tell({ kind: "heard", term: word.term });
    if (role.kind !== "listening") return;
    waitForWord();
    if (word.kind === "frame") onFrame(word.frame);
    if (word.kind === "gone") use.onGone(word.log, word.reason);
    if (word.kind !== "line") return;
    isHeldBack = word.isHeldBack;
    use.onLine(word.line, word.silentForMs);
  }

  /** What comes before it was told to others, or while this tab slept: it is told again to whoever says so. */
  function onFrame(frame: LogFrame) {
    const place = frame.kind === "entry" && use.places().find(({ log }) => log === frame.log);
    if (place && frame.first > place.after + 1) sayFollowing();
    else use.onFrame(frame);
  }

  function onWorld(event: WorldEvent) {
    if (event === "away") {
      tell({ kind: "left" });
      use.onLine({ kind: "parked" }, 0);
    }
    if (event !== "visible" && event !== "woken") return;
    if (role.kind === "away") return tell({ kind: "joined" });
    if (role.kind !== "listening") return;
    // Who leads may be frozen, or hold a line that died meanwhile.
    tell({ kind: "quiet" });
    sayFollowing(true);
  }

  function leave() {
    forgetSayAgain();
    leaveLead?.();
    leaveLead = undefined;
    channel?.say({ kind: "left", tab });
    channel?.close();
    channel = undefined;
    saidInTerm = 0;
  }

  function stop() {
    leaveWorld?.();
    leaveWorld = undefined;
    tell({ kind: "left" });
  }

  function onChanged() {
    if (use.places().length === 0) {
      stop();
      return use.onLine({ kind: "closed", reason: "left" }, 0);
    }
    leaveWorld ??= world.subscribe(onWorld);
    if (role.kind === "away") tell({ kind: "joined" });
    else if (leading) leading.changed();
    else sayFollowing();
  }

  /** Whoever changes several logs at once, as a change of pages does, causes one word. */
  return { changed: gather(queueMicrotask, onChanged) };
}
