import type { Check, Finding, Verdict } from "#lib/client/connection/findings";

const seconds = (ms: number) => (ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
const apart = (ms: number) =>
  Math.abs(ms) < 1000 ? "the same" : `${seconds(Math.abs(ms))} ${ms > 0 ? "ahead" : "behind"}`;
const HTTP: Record<string, string> = {
  "http/1.1": "HTTP/1.1",
  "http/1.0": "HTTP/1.0",
  h2: "HTTP/2",
  h3: "HTTP/3",
};

const names: Record<Check, string> = {
  "first-byte": "First byte",
  buffering: "Word by word",
  compression: "No compression",
  idle: "Silence",
  rejoin: "Rejoin",
  http: "HTTP",
  "wake-ups": "Wake-ups",
  clock: "Clocks",
};

const marks: Record<Verdict, string> = { good: "✓", note: "·", wrong: "✗" };

/** What was found, in one line. */
function said(finding: Finding): string {
  const isGood = finding.verdict === "good";
  switch (finding.check) {
    case "first-byte":
      return isGood
        ? `A line begins after ${seconds(finding.afterMs)}.`
        : `A line says nothing for ${seconds(finding.afterMs)}: something on the way holds back how it begins.`;
    case "buffering":
      if (finding.ticks === 0) return "Nothing came over a line at all.";
      if (finding.ticks < finding.of)
        return `A line ended when ${finding.ticks} of ${finding.of} things were said.`;
      return isGood
        ? `What is said comes as it is said, half of it within ${seconds(finding.lateMs)}.`
        : `Half of what is said is held back for ${seconds(finding.lateMs)} or more: something on the way gathers it.`;
    case "compression":
      return finding.encoding === null
        ? "Lines come as they were sent."
        : `Lines are compressed on the way (${finding.encoding}), which costs memory and can hold words back.`;
    case "idle":
      if (finding.how === "cut")
        return `A silent line was cut after ${seconds(finding.waitedMs)}. It is never silent for more than 15 s.`;
      return isGood
        ? `A silent line lived for the ${seconds(finding.waitedMs)} that were waited, and is never silent for longer.`
        : `A silent line brought no sign of life in the ${seconds(finding.waitedMs)} that were waited: it is held back.`;
    case "rejoin":
      if (!finding.isTried) return "Nothing came that could have been cut.";
      return isGood
        ? "A line that was cut went on at its number, with nothing missing and nothing twice."
        : `After a cut, ${finding.missing} were missing and ${finding.twice} came twice.`;
    case "http":
      if (finding.version === null) return "The version of HTTP is not told here.";
      return isGood
        ? `${HTTP[finding.version] ?? finding.version}: lines and requests share one connection.`
        : `${HTTP[finding.version] ?? finding.version}: a browser has six connections for all its tabs, and each line takes one.`;
    case "wake-ups":
      return finding.isListening
        ? "The database says at once what other servers wrote."
        : "The database cannot say what other servers wrote, so the server asks ten times a second.";
    case "clock":
      return `Beside this device, the server's clock is ${apart(finding.serverAheadMs)}; beside the server, the database's is ${apart(finding.databaseAheadMs)}.`;
  }
}

const UNHELD = "nginx: proxy_buffering off;";

const mends: Record<Check, string> = {
  "first-byte": UNHELD,
  buffering: UNHELD,
  compression: "nginx: gzip_types, without text/event-stream",
  idle: "nginx: proxy_read_timeout 60s;",
  rejoin: "nginx: proxy_cache off; proxy_set_header Last-Event-ID $http_last_event_id;",
  http: "nginx: listen 443 ssl http2;",
  "wake-ups": "DATABASE_URL_DIRECT=postgres://… to the database itself, past its pooler",
  clock: "timedatectl set-ntp true, where the clock is wrong",
};

/** The line of configuration that mends it. Of a silence that is held back it is another one. */
function mend(finding: Finding): string | undefined {
  if (finding.verdict === "good" || (finding.check === "http" && finding.version === null)) return undefined;
  if (finding.check === "idle" && finding.how === "held") return UNHELD;
  if (finding.check === "rejoin" && !finding.isTried) return undefined;
  return mends[finding.check];
}

const wrongCount = (findings: Finding[]) => findings.filter(({ verdict }) => verdict === "wrong").length;

function result(findings: Finding[]): string {
  const count = wrongCount(findings);
  if (count === 0) return "All is well.";
  return `${count === 1 ? "One thing is" : `${count} things are`} wrong. Other proxies than nginx: docs/proxies.md.`;
}

function line(finding: Finding): string {
  const { check, verdict } = finding;
  const remedy = mend(finding);
  const head = `${marks[verdict]} ${names[check].padEnd(15)} ${said(finding)}`;
  return remedy === undefined ? head : `${head}\n${"".padEnd(18)}${remedy}`;
}

export const connectionWords = {
  title: "Connection",
  what: "What gets through",
  about: "What answers need on their way from the server to this device. Looking takes about twenty seconds.",
  open: "Check the connection",
  settingsAbout: "When words come late, in heaps, or not at all.",
  start: "Start the check",
  again: "Check again",
  running: (done: number, all: number) => `Checking: ${done} of ${all}`,
  waiting: "Being looked at",
  copy: "Copy as text",
  verdicts: { good: "Well", note: "Could be better", wrong: "Wrong" } satisfies Record<Verdict, string>,
  name: (check: Check) => names[check],
  said,
  mend,
  result,
  line,
  /** All of it, for a terminal or a report. */
  report: (findings: Finding[]) => [...findings.map(line), "", result(findings)].join("\n"),

  doctor: {
    usage: "Usage: npm run doctor -- https://chat.example.com",
    checking: (url: string) => `Checking the way to ${url}. It takes about twenty seconds.`,
    noGuests:
      "Guests are not let in there. Make an API key in the settings, and give it as REJOIN_KEY=… in the environment.",
    failed: (why: string) => `Nothing could be checked: ${why}`,
  },
};
