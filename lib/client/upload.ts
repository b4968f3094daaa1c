/** Sends bytes and says how far they are. `fetch` cannot say that. */
export type Upload = (
  address: string,
  body: Blob,
  options: { headers: Record<string, string>; signal: AbortSignal; onProgress: (share: number) => void },
) => Promise<Response>;

/** By the browser's other way of asking. Throws when nobody answered. */
export const browserUpload: Upload = (address, body, { headers, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onload = () =>
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: {
            "content-type": request.getResponseHeader("content-type") ?? "",
            "retry-after": request.getResponseHeader("retry-after") ?? "",
          },
        }),
      );
    request.onerror = () => reject(new TypeError("The bytes did not arrive"));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    if (signal.aborted) request.abort();
    else request.send(body);
  });
