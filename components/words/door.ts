export const doorWords = {
  email: "Email",
  password: "Password",
  name: "Name",

  signIn: "Sign in",
  signUp: "Create an account",
  signUpAction: "Create account",
  newHere: "New here?",
  haveAccount: "Have an account?",
  guestSignsIn: "The conversations you had here as a guest come with you.",
  guestSignsUp: "Your conversations stay yours, and you can open them on your other devices.",

  elsewhere: (name: string) => `Continue with ${name}`,
  elsewhereFailed: (name: string) => `${name} could not be asked.`,
  orByEmail: "or by email",

  continue: "Continue on this device",
  continueAs: (name: string) => `Continue as ${name}`,
  lookingAtLink: "Looking at the link…",
  linkOf: (email: string) => `This link is to the account of ${email}.`,
  linkOfGuest: "This link is to a guest on another device.",
  onlyYourOwn: "Only go on if you made this link yourself.",
  linkFailed: "This link does not work",
  linkNotWhole: "Its address is not whole, or the page was loaded again. Make another one.",
  withoutLink: "Open Rejoin without it",
};
