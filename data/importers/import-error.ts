/** Why a whole file cannot be imported, in words for the person who started it: nothing of the file becomes visible. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** Runs the import of one file; what is wrong with it is told with its name. */
export async function withFileName<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportError) throw new ImportError(`${path}: ${error.message}`);
    throw error;
  }
}
