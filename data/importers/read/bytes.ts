import { createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ImportError } from '../import-error.ts';
import { checkPackedSize, tooMuchUnpacked, UNPACKED_BYTES } from './limits.ts';

/**
 * The bytes of a file, unpacked when it is gzipped. `onRead` hears how many bytes of the file itself have been read.
 * Throws {@link ImportError} for a packed file that is too large or broken.
 */
export async function* readBytes(
  path: string,
  gzipped: boolean,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!gzipped) {
    for await (const chunk of file) {
      onRead(file.bytesRead);
      yield chunk;
    }
    return;
  }
  checkPackedSize(statSync(path).size);
  const unpacked = file.pipe(createGunzip());
  file.once('error', (error) => unpacked.destroy(error));
  let total = 0;
  try {
    for await (const chunk of unpacked) {
      total += chunk.length;
      onRead(file.bytesRead);
      if (total > UNPACKED_BYTES) throw tooMuchUnpacked();
      yield chunk;
    }
  } catch (error) {
    if (error instanceof ImportError || !/^Z_|ERR_/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new ImportError(`The file cannot be unpacked: ${(error as Error).message}.`);
  } finally {
    file.destroy();
  }
}
