// A file that the kernel made, given to the downloads of the browser: no path of it is needed.

const DOWNLOADED_MS = 60_000;

const TYPES: Record<string, string> = {
  csv: "text/csv",
  html: "text/html",
  ics: "text/calendar",
  json: "application/json",
  pdf: "application/pdf",
};

/** Give a file to the browser's downloads, of the type that its ending names. */
export function download(name: string, buffers: readonly DataView[]): void {
  const type = TYPES[name.split(".").at(-1)!];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([...buffers] as BlobPart[], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), DOWNLOADED_MS);
}
