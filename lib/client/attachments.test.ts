import { expect, test, vi } from "vitest";
import type { StoredFile } from "#lib/protocol/file";
import { newId } from "#lib/protocol/ids";
import { Disconnected, ProblemError } from "./ask.ts";
import { ATTACHMENTS_MAX_COUNT, createAttachments } from "./attachments.ts";
import { createBegun } from "./begun.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createFakeWorld } from "./fake-world.ts";
import type { FileToKeep } from "./keep-file.ts";
import { createShelf } from "./shelf.ts";
import { soon } from "./test-soon.ts";

const ID = newId();
const file = (name = "notes.md") => new File(["hello"], name, { type: "text/markdown" });

function setUp({ storage = createFakeStorage() } = {}) {
  const [clock, world, begun] = [createFakeClock(), createFakeWorld(), createBegun()];
  const shelf = createShelf(storage, "rejoin.a.");
  const uploads: { id: string; signal: AbortSignal; done: PromiseWithResolvers<StoredFile> }[] = [];
  const keepFile = vi.fn(({ id }: FileToKeep, { signal }: { signal: AbortSignal }) => {
    const done = Promise.withResolvers<StoredFile>();
    uploads.push({ id, signal, done });
    signal.addEventListener("abort", () => done.reject(signal.reason));
    return done.promise;
  });
  const prepare = async (given: File) => ({ name: given.name, blob: given });
  const attachments = createAttachments({
    ...{ shelf, begun, keepFile, prepare, newId, clock, world, random: () => 0.5 },
  });
  const take = (at: number) => {
    const { id, done } = uploads[at] ?? expect.unreachable();
    done.resolve({ id, name: "notes.md", mediaType: "text/plain", size: 5, url: `/api/files/${id}` });
  };
  return { attachments, uploads, take, clock, world, begun, storage };
}

const states = ({ attachments }: ReturnType<typeof setUp>) => attachments.list(ID).map(({ state }) => state);

test("a file is uploaded at once, and what is kept survives a reload", async () => {
  const page = setUp();
  page.attachments.add(ID, [file()]);
  expect(states(page)).toEqual(["uploading"]);
  await soon(() => expect(page.uploads).toHaveLength(1));
  page.take(0);
  await soon(() => expect(states(page)).toEqual(["kept"]));
  expect(setUp({ storage: page.storage }).attachments.list(ID)).toMatchObject([
    { name: "notes.md", state: "kept", file: { size: 5 } },
  ]);
});

test("who sends waits for what is on its way, and only sends when all of it is kept", async () => {
  const page = setUp();
  page.attachments.add(ID, [file(), file()]);
  await soon(() => expect(page.uploads).toHaveLength(2));
  let isKept: boolean | undefined;
  void page.attachments.settled(ID).then((answer) => {
    isKept = answer;
  });
  page.take(0);
  await soon(() => expect(states(page)).toEqual(["kept", "uploading"]));
  expect(isKept).toBeUndefined();
  page.uploads[1]?.done.reject(new ProblemError({ code: "too-large", status: 413, detail: "Too large." }));
  await soon(() => expect(isKept).toBe(false));
  expect(page.attachments.list(ID)[1]).toMatchObject({ state: "failed", detail: "Too large." });
  const failed = page.attachments.list(ID)[1]?.id ?? "";
  page.attachments.retry(ID, failed);
  await soon(() => expect(page.uploads).toHaveLength(3));
  expect(page.uploads[2]?.id).toBe(failed); // Sent again it is the same file.
  page.take(2);
  expect(await page.attachments.settled(ID)).toBe(true);
});

test("without a network it waits, and goes up by itself", async () => {
  const page = setUp();
  page.attachments.add(ID, [file()]);
  await soon(() => expect(page.uploads).toHaveLength(1));
  page.uploads[0]?.done.reject(new Disconnected("The server could not be reached"));
  await soon(() => expect(states(page)).toEqual(["waiting"]));
  page.world.tell("online");
  await soon(() => expect(page.uploads).toHaveLength(2));
  page.take(1);
  await soon(() => expect(states(page)).toEqual(["kept"]));
});

test("what is removed is not uploaded any further, and nobody waits for it", async () => {
  const page = setUp();
  page.attachments.add(ID, [file()]);
  await soon(() => expect(page.uploads).toHaveLength(1));
  const settled = page.attachments.settled(ID);
  page.attachments.remove(ID, page.attachments.list(ID)[0]?.id ?? "");
  expect(page.uploads[0]?.signal.aborted).toBe(true);
  expect(await settled).toBe(true);
  expect(states(page)).toEqual([]);
});

test("one too many says so, and holds nothing up", () => {
  const page = setUp();
  page.attachments.add(
    ID,
    Array.from({ length: ATTACHMENTS_MAX_COUNT + 1 }, () => file()),
  );
  expect(states(page).at(-1)).toBe("failed");
  expect(states(page).filter((state) => state === "uploading")).toHaveLength(ATTACHMENTS_MAX_COUNT);
});

test("what was attached to a new conversation is its own as soon as it is there", async () => {
  const page = setUp();
  page.begun.add(ID);
  page.attachments.add(ID, [file()]);
  await soon(() => expect(page.uploads).toHaveLength(1));
  page.take(0);
  await soon(() => expect(states(page)).toEqual(["kept"]));
  const shelf = createShelf(page.storage, "rejoin.a.");
  expect(shelf.names()).toEqual(["files.new"]);
  page.attachments.putAway(ID);
  page.begun.remove(ID);
  page.attachments.keep(ID);
  expect(shelf.names()).toEqual([`files.${ID}`]);
  page.attachments.clear(ID);
  expect(shelf.names()).toEqual([]);
});
