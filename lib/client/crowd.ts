/**
 * Browsers open six connections to a server that speaks HTTP/1.1, for all tabs together, and a line takes one for
 * as long as it is open. With six lines no tab could load or send anything, without an error.
 * So only the tabs that were looked at last keep their lines, and two connections stay free.
 */
export const LINES_PER_BROWSER = 4;

type Channel = Pick<BroadcastChannel, "postMessage" | "close"> & {
  addEventListener(type: "message", listener: (message: MessageEvent) => void): void;
};

type Word = { kind: "seen" | "left"; tab: string };

/**
 * Knows how many tabs of this browser were looked at, or opened, after this one. No tab leads and nobody is
 * counted: each hears of the others what concerns it. A tab that dies without a word counts as open, and then a
 * hidden one waits until it is looked at.
 *
 * @param onCrowded called when this tab is hidden and so many are newer that its line is one too many
 */
export function joinCrowd(
  channel: Channel,
  { tab, isHidden, onCrowded }: { tab: string; isHidden: () => boolean; onCrowded: () => void },
) {
  const newer = new Set<string>();
  const say = (kind: Word["kind"]) => channel.postMessage({ kind, tab } satisfies Word);

  function judge() {
    if (isHidden() && newer.size >= LINES_PER_BROWSER) onCrowded();
  }

  channel.addEventListener("message", ({ data }: MessageEvent<Word>) => {
    if (data.kind === "seen") newer.add(data.tab);
    else newer.delete(data.tab);
    judge();
  });
  say("seen");

  return {
    /** Someone looks at this tab. */
    seen() {
      newer.clear();
      say("seen");
    },

    /** Nobody looks at this tab any more. */
    hidden: judge,

    /** This tab goes, or sleeps; it may be seen again. */
    left: () => say("left"),

    leave() {
      say("left");
      channel.close();
    },
  };
}
