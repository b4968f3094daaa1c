import { expect, test } from "vitest";
import { deviceKind } from "./device-kind.ts";

const AGENTS = [
  [
    "phone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
  ],
  ["phone", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"],
  ["phone", "Mozilla/5.0 (Android 16; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0"],
  [
    "tablet",
    "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Version/12.1 Mobile/15E148 Safari/604.1",
  ],
  ["tablet", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"],
  ["tablet", "Mozilla/5.0 (Android 16; Tablet; rv:142.0) Gecko/142.0 Firefox/142.0"],
  [
    "computer",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
  ],
  ["computer", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"],
  ["computer", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"],
  [undefined, "curl/8.14.1"],
  [undefined, "node"],
  [undefined, ""],
] as const;

test.each(AGENTS)("%s: %s", (kind, agent) => {
  expect(deviceKind(new Headers({ "user-agent": agent }))).toBe(kind);
});

test("what the browser says outright counts, and nothing said is nothing known", () => {
  expect(deviceKind(new Headers({ "sec-ch-ua-mobile": "?1", "user-agent": "Mozilla/5.0 (X11)" }))).toBe(
    "phone",
  );
  expect(deviceKind(new Headers())).toBeUndefined();
});
