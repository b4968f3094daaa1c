import { PHASE_PRODUCTION_SERVER } from "next/constants.js";
import { expect, test } from "vitest";
import configOf from "../../next.config.ts";
import { DIAGRAM_FRAME, DIAGRAM_PAGE, DIAGRAM_POLICY } from "./diagram-frame.ts";

test("the frame of diagrams has no origin, loads nothing, and is ours to show alone", () => {
  const directives = DIAGRAM_POLICY.split("; ");
  expect(directives).toContain("default-src 'none'");
  expect(directives).toContain("sandbox allow-scripts");
  expect(directives).toContain("frame-ancestors 'self'");
  expect(DIAGRAM_POLICY).not.toMatch(
    /allow-same-origin|unsafe-eval|https?:|\*|(script|img|connect|frame)-src [^;]*'(self|unsafe-inline)'/,
  );
  expect(DIAGRAM_PAGE.match(/<script/g)).toHaveLength(1);
});

test("its headers come last, so they are the ones that count", async () => {
  const headers = (await configOf(PHASE_PRODUCTION_SERVER).headers?.()) ?? [];
  expect(headers.at(-1)).toMatchObject({
    source: DIAGRAM_FRAME,
    headers: [
      { key: "Content-Security-Policy", value: DIAGRAM_POLICY },
      { key: "X-Frame-Options", value: "SAMEORIGIN" },
    ],
  });
});
