/** What is said of messages and answers, and what can be done with them. */
export const messagesWords = {
  temporary: "Temporary conversation",
  temporaryNote: "Temporary. Erased when you leave it.",

  copyPrompt: "Copy message",
  copyAnswer: "Copy answer",
  copyMarkdown: "Copy as markdown",
  copyPlain: "Copy as plain text",
  copied: "Copied.",
  notCopied: "This could not be copied.",
  edit: "Edit message",
  again: "Answer again",
  againWith: "Answer again with",
  more: "More about this answer",
  details: "Details",

  noOtherAnswer: "There is no other answer.",
  notShown: "The other version is not shown.",

  versions: "Versions",
  version: (place: number, count: number) => `Version ${place} of ${count}`,
  versionShort: (place: number, count: number) => `${place} / ${count}`,
  previousVersion: "Previous version",
  nextVersion: "Next version",

  model: "Model",
  time: "Time",
  tokensIn: "Tokens in",
  tokensOut: "Tokens out",
  took: "Took",
  speed: "Speed",
  seconds: (seconds: string) => `${seconds} s`,
  minutes: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
  tokensPerSecond: (count: string) => `${count} tokens/s`,

  stopping: "Stopping…",
  queued: "Waiting for its turn.",
  answering: "Answering on the server. Safe to close.",
  continued: "Continued after a restart.",
  continuedAndOpen: "Continued after a restart. Safe to close.",
  stopped: "Stopped.",
  stoppedFrom: (device: string) => `Stopped from your ${device}.`,
  notFinished: "The answer could not be finished.",
  tryAgain: "Try again",

  followUps: "Follow-up questions",
} as const;
