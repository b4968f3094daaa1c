/** What stands on every page, whatever is open. */
export const workspaceWords = {
  product: "Rejoin",
  about: "An AI chat whose answers belong to the conversation, not to the connection.",
  skip: "Skip to the conversation",
  sidebar: "Sidebar",
  showSidebar: "Show the sidebar",
  hideSidebar: "Hide the sidebar",
  loading: "Loading…",

  theme: "Theme",
  themes: { system: "As the system", light: "Light", dark: "Dark" },

  title: (name: string | undefined, answering: boolean, unread: number) =>
    `${unread > 0 ? `(${unread}) ` : ""}${answering ? "… " : ""}${name ? `${name} · Rejoin` : "Rejoin"}`,

  newConversation: "New conversation",
  temporaryConversation: "Temporary conversation",
  settings: "Settings",
  tryAgain: "Try again",
  reload: "Reload the page",
  signIn: "Sign in",

  crashed: {
    title: "This page could not be shown",
    detail: "Your conversations are safe, and answers go on being written.",
  },
  nothingHere: { title: "There is nothing here", detail: "The address leads nowhere." },
  noConversation: {
    title: "There is no such conversation",
    detail: "It was deleted, or it belongs to another account.",
  },

  close: "Close",
  cancel: "Cancel",
  copied: "Copied",
  passwordHint: (least: number) => `At least ${least} characters.`,
  justNow: "just now",
};
