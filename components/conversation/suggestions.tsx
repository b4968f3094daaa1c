const suggestions = [
  { prompt: "Count to 200, 50 ms apart", hint: "then reload the page" },
  { prompt: "What time is it?", hint: "the model asks a tool" },
  { prompt: "What can you do?", hint: "a list, a table, and code" },
];

/** A few ways to begin. */
export function Suggestions({ onChoose }: { onChoose: (prompt: string) => void }) {
  return (
    <ul aria-label="Suggestions" className="mb-3 flex flex-col md:order-last md:mt-4 md:mb-0">
      {suggestions.map(({ prompt, hint }) => (
        <li key={prompt}>
          <button
            type="button"
            onClick={() => onChoose(prompt)}
            className="touch-target flex w-full flex-wrap items-baseline gap-x-2 rounded-xl px-4 py-2 text-start transition-colors hover:bg-wash"
          >
            <span>{prompt}</span>
            <span className="text-ink-faint text-xs">{hint}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
