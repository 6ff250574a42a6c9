import { requestFile } from './request.ts';

/** Fetches a file and hands it to the browser to be kept. Throws `RequestError`, also where it broke off on the way. */
export async function downloadFile(path: string): Promise<void> {
  keepFile(await requestFile(path));
}

/** Hands a file to the browser to be kept under a name. */
export function keepFile({ content, name }: { content: Blob; name: string }): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Chromium reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
