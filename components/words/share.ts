/** What is said of links, of writing conversations down and of taking them in. */
export const shareWords = {
  menu: "Share or export",
  share: "Share…",
  exportOne: "Export…",
  shared: "Shared",
  sharedHint: "Shared by a link. Open to see it, or to take it back.",

  title: "Share by link",
  unshared: "Whoever has the link can read this conversation, without an account, and cannot write in it.",
  seen: (title: string) =>
    `They see the title “${title}”, the messages that are shown now, what tools were asked and answered, and the files in them.`,
  later: "They also see what is written later, while it is written.",
  unseen: "They do not see other versions, your instructions, your drafts, or who you are.",
  create: "Create the link",
  copy: "Copy the link",
  open: "Open",
  revoke: "Stop sharing",
  notShared: "It is not shared.",
  stillShared: "It is still shared.",

  pageTitle: (title: string, answering: boolean) => `${answering ? "… " : ""}${title} · Rejoin`,
  readOnly: "Shared by link, read only",
  answering: "Answering…",
  reconnecting: "Reconnecting…",
  offline: "Offline. It goes on when the network is back.",
  captive: "A sign-in page of this network answers. This page goes on once it lets you through.",
  crowded: "Too many read along. This page tries again by itself.",
  caughtUp: (words: number) => `Back. ${words} words caught up.`,
  ended: "This link was taken back",
  endedDetail: "Whoever shared the conversation has stopped sharing it.",
  deleted: "This conversation was deleted",
  deletedDetail: "There is nothing to read here any more.",
  nowhere: "This link leads nowhere",
  nowhereDetail: "It was taken back, or was never made.",
  nothingYet: "Nothing has been said here yet.",

  exportTitle: "Export this conversation",
  exportDetail: "Save it as a file.",
  markdown: "Markdown",
  markdownDetail: "The messages that are shown, to read and to share.",
  json: "JSON",
  jsonDetail: "All versions and all that is known of them. It can be imported again.",

  exportAll: "Export",
  exportAllDetail:
    "All your conversations as one file of JSON, which can be imported again. Files are in it by name.",
  exportAllAction: "Download everything",

  importTitle: "Import",
  importDetail:
    "Bring conversations along: the export of ChatGPT (its zip file, or the conversations.json in it), or what was exported here.",
  choose: "Choose a file",
  drop: "or drop it here",
  dropped: "Drop to read it",
  reading: (found: number) => `Reading… ${found} found.`,
  found: (count: number, name: string) =>
    count === 0
      ? `There are no conversations in ${name}.`
      : `${count} ${count === 1 ? "conversation" : "conversations"} in ${name}.`,
  start: "Import",
  cancel: "Cancel",
  another: "Choose another file",
  progress: (done: number, found: number) => `${done} of ${found}`,
  done: "Done.",
  cancelled: "Cancelled. Import the same file again to go on.",
  imported: (count: number) => `${count} imported`,
  known: (count: number) => `${count} here already`,
  failed: (count: number) => `${count} failed`,
  failures: "What failed",
  more: (count: number) => `and ${count} more`,
  untitled: "Untitled",
};
