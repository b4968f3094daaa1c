/** `1 prompt`, `2 prompts`. */
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
const count = (limit: number | null, otherwise: string) => (limit === null ? otherwise : `${limit}`);

export const adminWords = {
  title: "Admin",

  signUp: "Sign-up",
  signUpOpen: "Anybody who can open this page may create an account.",
  signUpClosed: "New accounts are not taken. Who has one can sign in.",
  signUpClosedBySettings: {
    before: "New accounts are not taken: the settings say ",
    setting: "SIGN_UP=closed",
    after: ". Change it there, and start the server again.",
  },
  openSignUp: "Open sign-up",
  closeSignUp: "Close sign-up",
  signUpNotChanged: "This was not changed.",

  limits: "Limits",
  perAccount: "Prompts a day, each account",
  perGuest: "Prompts a day, each guest",
  emptyMeans: (limit: number | null) => `Empty: as the settings say, ${count(limit, "no limit")}.`,
  emptyMeansForGuests: (limit: number | null) =>
    `Empty: as the settings say, ${count(limit, "as many as an account")}.`,
  saveLimits: "Save limits",
  limitsSaved: "Saved. It holds from the next prompt on.",
  limitsNotChanged: "The limits were not changed.",

  accounts: "Accounts",
  search: "Search",
  searchExample: "Name or email",
  notSearched: "The accounts were not found.",
  nobodyFound: "Nobody is called that.",
  showMore: "Show more",
  noMoreLoaded: "No more were loaded.",
  guests: (guests: number, prompts: number) =>
    `Besides, ${counted(guests, "guest")}, with ${counted(prompts, "prompt")} today.`,

  you: "You",
  enable: "Enable",
  disable: "Disable",
  enableWho: (name: string) => `Enable ${name}`,
  disableWho: (name: string) => `Disable ${name}`,
  enableAsked: (name: string) => `Enable ${name}?`,
  disableAsked: (name: string) => `Disable ${name}?`,
  enableDetail: "They can sign in again, and their API keys are taken again.",
  disableDetail:
    "They are signed out everywhere, and neither their password nor their API keys let them in. Answers on their way end by themselves, and nothing is deleted.",
  accountNotChanged: "The account was not changed.",

  disabledSince: (day: string) => `disabled since ${day}`,
  joined: (day: string) => `joined ${day}`,
  seen: (day: string) => `seen ${day}`,
  notSignedIn: "not signed in",
  conversations: (number: number) => counted(number, "conversation"),
  promptsToday: (number: number) => `${counted(number, "prompt")} today`,
};
