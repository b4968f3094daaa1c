import { expect, test } from "vitest";
import { isAllowed } from "./allowed-hosts.ts";

const hosts = ["en.wikipedia.org", "*.example.org", "docs.example:8443"];

test.each([
  "https://en.wikipedia.org/wiki/Log",
  "http://EN.wikipedia.org/",
  "https://en.wikipedia.org:443/",
  "https://a.example.org/",
  "https://a.b.example.org/",
  "https://docs.example:8443/",
])("%s may be read", (url) => expect(isAllowed(hosts, new URL(url))).toBe(true));

test.each([
  "https://wikipedia.org/",
  "https://de.wikipedia.org/",
  "https://en.wikipedia.org.evil.example/",
  "https://en.wikipedia.org@evil.example/",
  "https://en.wikipedia.org:8080/",
  "https://example.org/",
  "https://badexample.org/",
  "https://docs.example/",
  "ftp://en.wikipedia.org/",
  "file:///etc/passwd",
  "data:text/html,hello",
])("%s may not", (url) => expect(isAllowed(hosts, new URL(url))).toBe(false));
