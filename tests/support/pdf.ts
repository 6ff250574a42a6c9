import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether this machine can read PDF files back (poppler-utils). */
export function canReadPdf(): boolean {
  return spawnSync('pdftotext', ['-v']).status === 0;
}

/** The text of a PDF, in the order of reading, lines broken where they are. */
export function textOfPdf(pdf: Buffer): string {
  return run('pdftotext', ['-layout', '-', '-'], pdf).toString('utf8');
}

/** A page as a picture: rows of red, green and blue, a byte each. */
export interface PagePicture {
  width: number;
  height: number;
  pixels: Buffer;
}

/** A page of a PDF, counted from 1, as it looks at so many dots an inch. `folder` keeps the file meanwhile. */
export function pictureOfPdf(pdf: Buffer, page: number, dpi: number, folder: string): PagePicture {
  const path = mkdtempSync(join(folder, 'pdf-'));
  writeFileSync(join(path, 'file.pdf'), pdf);
  const pages = ['-f', String(page), '-l', String(page), '-singlefile', '-r', String(dpi)];
  run('pdftoppm', [...pages, join(path, 'file.pdf'), join(path, 'page')]);
  return readPpm(readFileSync(join(path, 'page.ppm')));
}

/** How many pixels of a picture have a colour (`#RRGGBB`), within so much in each part. */
export function pixelsOf({ pixels }: PagePicture, colour: string, within: number): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at + 2 < pixels.length; at += 3)
    if (parts.every((part, i) => Math.abs((pixels[at + i] ?? 0) - part) <= within)) count++;
  return count;
}

/** Reads a picture of the kind `P6`: three numbers in words, then the pixels. */
function readPpm(file: Buffer): PagePicture {
  const [head = '', width = '', height = ''] =
    /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1')) ?? [];
  if (head === '') throw new Error('pdftoppm wrote no picture of the kind P6.');
  return { width: Number(width), height: Number(height), pixels: file.subarray(head.length) };
}

function run(program: string, args: string[], input?: Buffer): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...(input && { input }), maxBuffer: 64 << 20 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return stdout;
}
