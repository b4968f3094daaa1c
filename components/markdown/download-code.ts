/** By the name that a fence gives its language, where the file is not called after it. */
const EXTENSIONS: Record<string, string> = {
  bash: "sh",
  "c#": "cs",
  "c++": "cpp",
  clojure: "clj",
  cpp: "cpp",
  csharp: "cs",
  docker: "dockerfile",
  elixir: "ex",
  erlang: "erl",
  fsharp: "fs",
  golang: "go",
  haskell: "hs",
  javascript: "js",
  julia: "jl",
  kotlin: "kt",
  latex: "tex",
  markdown: "md",
  mermaid: "mmd",
  "objective-c": "m",
  ocaml: "ml",
  perl: "pl",
  plaintext: "txt",
  powershell: "ps1",
  python: "py",
  ruby: "rb",
  rust: "rs",
  shell: "sh",
  shellscript: "sh",
  solidity: "sol",
  terraform: "tf",
  text: "txt",
  typescript: "ts",
  yml: "yaml",
  zsh: "sh",
};

/** Files that have a name of their own, and no ending. */
const NAMES: Record<string, string> = {
  dockerfile: "Dockerfile",
  docker: "Dockerfile",
  makefile: "Makefile",
  make: "Makefile",
};

/** What a file of code is called. A language that is none, or no word, makes it a text. */
export function fileNameOf(language: string): string {
  const name = language.toLowerCase();
  if (Object.hasOwn(NAMES, name)) return NAMES[name] ?? "";
  const known = Object.hasOwn(EXTENSIONS, name) ? EXTENSIONS[name] : undefined;
  return `code.${known ?? (/^[a-z][a-z0-9]{0,9}$/.test(name) ? name : "txt")}`;
}

/** Has the browser keep a text as a file. */
export function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
