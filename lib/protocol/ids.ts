import { z } from "zod";

/** Any UUID names a thing here; case is not part of the name. */
export const idSchema = z.uuid("must be a UUID").toLowerCase();

/** A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds first, so ids sort by birth. */
export function newId(nowMs = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(
    0,
    (BigInt(nowMs) << 16n) | 0x7000n | ((BigInt(bytes[6] ?? 0) << 8n) & 0x0f00n) | BigInt(bytes[7] ?? 0),
  );
  return uuidOf(bytes);
}

/** 16 bytes as a UUID is written. The variant is set; the version is the caller's. */
export function uuidOf(bytes: Uint8Array): string {
  const written = Uint8Array.from(bytes);
  written[8] = ((written[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(written, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
