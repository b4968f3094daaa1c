import type { DeviceKind } from "#lib/protocol/event";

/**
 * What kind of device a browser says that it runs on; undefined for programs. Only the kind is ever kept, never the
 * words it is read from. A tablet that asks for pages as a computer does is taken for one.
 */
export function deviceKind(headers: Headers): DeviceKind | undefined {
  const agent = headers.get("user-agent") ?? "";
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(agent)) return "tablet";
  if (headers.get("sec-ch-ua-mobile") === "?1" || /\bMobile\b|iPhone/.test(agent)) return "phone";
  return /^Mozilla\/.*(Windows|Macintosh|X11)/.test(agent) ? "computer" : undefined;
}
