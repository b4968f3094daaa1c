type Done = { running: string; done: string };

/** What tools are called while they run and after, where there is a better word than that they are used. */
const byName: { pattern: RegExp; words: Done }[] = [
  { pattern: /^calculate$/, words: { running: "Calculating…", done: "Calculated" } },
  { pattern: /^read_web_page$/, words: { running: "Reading a page…", done: "Read a page" } },
  { pattern: /(^|[_-])(search|find)([_-]|$)/i, words: { running: "Searching…", done: "Searched" } },
  { pattern: /(^|[_-])look_?up([_-]|$)/i, words: { running: "Looking it up…", done: "Looked it up" } },
];

const wordsFor = (name: string, tool: string): Done =>
  byName.find(({ pattern }) => pattern.test(name))?.words ?? {
    running: `Using ${tool}…`,
    done: `Used ${tool}`,
  };

export const toolWords = {
  running: (name: string, tool: string) => wordsFor(name, tool).running,
  done: (name: string, tool: string) => wordsFor(name, tool).done,
  failed: (tool: string) => `${tool} did not work`,
  denied: (tool: string) => `${tool} was not allowed`,
  interrupted: (tool: string) => `${tool} was interrupted`,
  input: "Input",
  output: "Output",
  nothingYet: "Nothing yet.",
  showAll: "Show all",
  pictureOf: (tool: string) => `Picture from ${tool}`,
  file: (mediaType: string) => `A file (${mediaType})`,

  question: "Question",
  allowTool: (tool: string, server?: string) => (server ? `Allow ${tool} on ${server}?` : `Allow ${tool}?`),
  allow: "Allow",
  deny: "Deny",
  notAnswered: "Nobody has answered.",
  notHeard: "This was not taken.",

  action: {
    set_theme: (theme: string) =>
      theme === "system" ? "Set the theme to that of the system" : `Changed the theme to ${theme}`,
    open_conversation: "Opened another conversation",
    fill_composer: "Wrote a message for you to send",
  },
};
