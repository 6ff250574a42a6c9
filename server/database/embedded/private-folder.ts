import { chmodSync, lstatSync, mkdirSync } from 'node:fs';

const ONLY_OWNER = 0o700;
const OTHERS = 0o077;

/** A folder of the database is, or may be, another account's too. */
export class FolderNotPrivateError extends Error {
  override name = 'FolderNotPrivateError';
}

/** Makes a folder that only this account can open, and closes one that others could open. Throws {@link FolderNotPrivateError}. */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: ONLY_OWNER });
  try {
    chmodSync(folder, ONLY_OWNER);
  } catch (error) {
    throw new FolderNotPrivateError(
      `The folder ${folder} cannot be closed to other accounts (${(error as Error).message}): give it to the account that runs Ronda, or set DATA_DIR to another.`,
    );
  }
}

/**
 * Makes sure that nobody but the account that has `like` can put something into a folder, which is itself and no link to
 * another: in the temporary one somebody else may have been first, and would answer in the database's place. One that is
 * not there passes. Throws {@link FolderNotPrivateError}.
 */
export function requirePrivate(folder: string, like: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const owner = lstatSync(like, { throwIfNoEntry: false })?.uid ?? process.getuid?.();
  if (!found || (found.isDirectory() && found.uid === owner && (found.mode & OTHERS) === 0)) return;
  throw new FolderNotPrivateError(
    `The folder ${folder} is not closed to other accounts, who could answer there in the database's place: remove it, or set DATA_DIR to a shorter path.`,
  );
}
