export const answerWords = {
  answer: "Answer",
  you: "You",
  waiting: "Waiting for the first word",
  jumpToEnd: "Jump to the end",

  thinking: "Thinking…",
  thinkingFor: (seconds: number) => `Thinking for ${seconds} s…`,
  thought: "Thought it through",
  thoughtFor: (seconds: number) => `Thought for ${duration(seconds)}`,

  plainText: "text",
  copyCode: "Copy code",
  downloadCode: "Download code",
  wrapLines: "Wrap long lines",
  keepLines: "Do not wrap long lines",

  diagram: (title: string | undefined) => (title ? `Diagram: ${title}` : "Diagram"),
  showDiagram: "Show the diagram",
  showDiagramCode: "Show the code",

  taskDone: "Done",
  taskToDo: "To do",

  sources: "Sources",
  unnamedSource: "Source",
  source: (number: number, title: string) => `Source ${number}: ${title}`,
  notes: "Notes",
  note: (number: string) => `Note ${number}`,
  backFromNote: (number: number) => `Back to where note ${number} belongs`,

  openImage: (host: string) => `open image from ${host}`,
  openNamedImage: (name: string, host: string) => `${name} — open image from ${host}`,
};

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}
