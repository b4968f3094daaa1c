export const settingsWords = {
  title: "Settings",

  account: "Account",
  guestDetail: "Your conversations are in this browser's hands alone.",
  createAccount: "Create an account",

  password: "Password",
  passwordAbout: "A new one signs out your other devices.",
  currentPassword: "Current password",
  newPassword: "New password",
  changePassword: "Change password",
  passwordChanged: "Your password is changed. Your other devices are signed out.",

  keyboard: "Keyboard",
  keyboardAbout: "What the keys do outside of fields.",
  allShortcuts: "All shortcuts",

  devices: "Devices",
  devicesAbout: "Where your account is signed in.",
  thisDevice: "This device",
  lastSeen: "Last seen",
  signOut: "Sign out",
  signOutDevice: (name: string) => `Sign out ${name}`,
  signOutAsked: "Sign out there?",
  signOutDetail: (name: string | undefined) =>
    `${name ?? "The device"} no longer sees your conversations, within seconds. Answers in flight go on.`,
  notSignedOut: "The device is still signed in.",

  apiKeys: "API keys",
  apiKeysAbout: "By a key, your own programs can do what you can do here.",
  lastUsed: "last used",
  neverUsed: "never used",
  revoke: "Revoke",
  revokeKey: (name: string) => `Revoke ${name}`,
  revokeAsked: "Revoke this key?",
  revokeDetail: (name: string | undefined) =>
    `Whatever uses “${name}” is refused from now on. This cannot be undone.`,
  notRevoked: "The key still works.",
  keyMade: (name: string) => `Copy the key “${name}” now. It is not shown again.`,
  copyKey: "Copy the key",
  newKeyFor: "A new key for",
  newKeyExample: "my script",
  makeKey: "Make key",
  noKeyMade: "No key was made.",
};
