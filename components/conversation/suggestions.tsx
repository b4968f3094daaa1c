import { composerWords } from "#words/composer";

/** A few ways to begin. */
export function Suggestions({ onChoose }: { onChoose: (prompt: string) => void }) {
  return (
    <ul aria-label={composerWords.suggestions} className="mb-3 flex flex-col md:order-last md:mt-4 md:mb-0">
      {composerWords.suggested.map(({ prompt, hint }) => (
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
