/** Why a whole file cannot be imported, in words for the person who started it: nothing of the file becomes visible. */
export class ImportError extends Error {
  override name = 'ImportError';
}
