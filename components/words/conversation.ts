/** What stands around the messages of a conversation. */
export const conversationWords = {
  greeting: "What would you like to know?",
  newConversation: "New conversation",
  jumpToEnd: "Jump to the end",
  gone: "This conversation was deleted",
  goneDetail: "It is deleted on all your devices.",

  reconnecting: "Reconnecting…",
  crowded: "Too many pages are open. Close some; this one tries again by itself.",
  captive: "A sign-in page of this network answers. What you send goes out once it lets you through.",
  offline: "Offline. What you send goes out when the network is back.",
  signedOut: "Signed out. What you have written stays in this browser.",
  signIn: "Sign in",
  back: (words: number) => `Back. ${words} words caught up.`,

  /** The way for another device into this conversation. */
  elsewhere: {
    title: "Continue on another device",
    detail:
      "Point its camera here, or open the link there. It signs that device in to your account, once, within two minutes.",
    over: "The link has run out.",
    code: "The link as a code for a camera",
    copy: "Copy the link",
    loopback:
      "This address works on this computer alone. For your phone, open Rejoin here under the computer's name or number in your network, and make the link there.",
    again: "Make another one",
  },

  /** What is read aloud to those who do not see it. */
  aloud: {
    queued: "Your message waits for its turn.",
    running: "Answering.",
    empty: "The answer is finished.",
    failed: (why: string | undefined) => `The answer failed. ${why ?? ""}`.trim(),
    cancelled: "The answer was stopped.",
    code: "Code.",
    more: "…, and more",
  },
};
