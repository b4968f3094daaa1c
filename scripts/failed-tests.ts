import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** What is read of Vitest's report. A file that does not load has no results, and a message of its own. */
export type UnitReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
};

/** What is read of Playwright's report. Suites lie in suites. */
export type EndToEndReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: Suite[];
};

type Suite = {
  suites?: Suite[];
  specs: {
    ok: boolean;
    title: string;
    file: string;
    tests: { results: { error?: { message?: string } }[] }[];
  }[];
};

/** Which of Vitest's tests failed, a line each, with the first line of why. */
export function failedUnits({ testResults }: UnitReport, root: string): string[] {
  return testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === "failed");
      const file = relative(root, name);
      if (failed.length === 0) return [line(file, "", message)];
      return failed.map(({ fullName, failureMessages }) => line(file, fullName, failureMessages?.[0]));
    });
}

/** Which of Playwright's tests failed, a line each, with the first line of why. */
export function failedEndToEnd({ suites }: Pick<EndToEndReport, "suites">): string[] {
  return suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => {
        const errors = tests.flatMap(({ results }) => results.map(({ error }) => error?.message));
        return line(file, title, errors.find(Boolean));
      }),
    ...failedEndToEnd({ suites: inner }),
  ]);
}

function line(file: string, title: string, why = ""): string {
  const [first = ""] = stripVTControlCharacters(why).trim().split("\n");
  return [file, title, first].filter(Boolean).join(" › ");
}
