import type { Prepare } from "./attachments.ts";

/** No model looks closer, and few screens do. */
export const PICTURE_MAX_PX = 2048;
const QUALITY = 0.85;
/** A GIF may move, and stands still when it is drawn anew. */
const DRAWN = /^image\/(png|jpeg|webp|avif|heic|heif)$/;
/** What browsers show, and no model reads. */
const ALWAYS_DRAWN = /^image\/(avif|heic|heif)$/;

/** What cameras write beside a picture begins with one of these: Exif, and XMP. */
const NOTES = /Exif\0\0|ns\.adobe\.com\/xap/;

/**
 * Draws a photo anew, and a large one smaller. It keeps the side that is up, and nothing else that was written into it
 * beside the picture: neither where it was taken nor by what. What cannot be drawn here is left to the server to judge.
 */
export const preparePicture: Prepare = async (file) => {
  const asItIs = { name: file.name, blob: file };
  if (!DRAWN.test(file.type)) return asItIs;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width, height } = picture;
    const scale = Math.min(1, PICTURE_MAX_PX / Math.max(width, height));
    if (scale === 1 && !ALWAYS_DRAWN.test(file.type) && !(await hasNotes(file))) return asItIs;
    const blob = await draw(picture, {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
      // A photo has no holes; anything else may.
      type: file.type === "image/jpeg" ? "image/jpeg" : "image/webp",
    });
    picture.close();
    return blob ? { name: renamed(file.name, blob.type), blob } : asItIs;
  } catch {
    return asItIs; // A picture that this browser does not know.
  }
};

/** Screenshots have them too, of no place, and would be less sharp. */
async function hasNotes(file: Blob): Promise<boolean> {
  return file.type === "image/jpeg" && NOTES.test(new TextDecoder("latin1").decode(await file.arrayBuffer()));
}

function draw(
  picture: ImageBitmap,
  { width, height, type }: { width: number; height: number; type: string },
): Promise<Blob | null> {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (context) context.imageSmoothingQuality = "high";
  context?.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
}

/** A browser that does not write the wanted kind writes another, and the name says which. */
function renamed(name: string, mediaType: string): string {
  const ending = mediaType === "image/jpeg" ? "jpg" : mediaType.replace("image/", "");
  return `${name.replace(/\.[^.]*$/, "")}.${ending}`;
}
