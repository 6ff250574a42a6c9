import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { BackupError, Digest, FORMAT, type Head, type Page, type Tail } from './format.ts';

const Names = Type.Array(Type.String());
const HeadSchema = Type.Object({
  ronda: Type.Literal('backup'),
  format: Type.Integer(),
  version: Type.String(),
  madeAt: Type.String(),
  migrations: Names,
  tables: Type.Array(
    Type.Object({
      name: Type.String(),
      columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
    }),
  ),
  partitions: Type.Array(Type.String({ pattern: '^position_\\d{8}$' })),
});
const TailSchema = Type.Object({
  totals: Type.Record(Type.String(), Type.Object({ rows: Type.Integer(), digest: Type.String() })),
});

/**
 * Reads a whole backup once and checks that nothing of it is missing or changed. Returns its head and its totals.
 * Throws {@link BackupError} that says what is wrong.
 */
export async function checkBackup(file: string): Promise<{ head: Head; totals: Tail['totals'] }> {
  const digests = new Map<string, Digest>();
  let head: Head | undefined;
  let totals: Tail['totals'] | undefined;
  for await (const value of linesOf(file)) {
    if (!head) head = readHead(file, value);
    else if (Value.Check(TailSchema, value)) ({ totals } = value);
    else {
      const page = value as Page;
      const digest = digests.get(page.table) ?? new Digest();
      digests.set(page.table, digest);
      digest.add(page.rows);
    }
  }
  if (!head) throw new BackupError(`${file} is empty; choose a backup of Ronda.`);
  if (!totals) throw new BackupError(`${file} ends too early: copy it again, or choose an older backup.`);
  for (const { name } of head.tables) {
    const [found, told] = [(digests.get(name) ?? new Digest()).total(), totals[name]];
    if (found.rows !== told?.rows || found.digest !== told.digest) {
      throw new BackupError(
        `${file}: table ${name} is not as it was written; copy the file again, or choose an older backup.`,
      );
    }
  }
  return { head, totals };
}

/** The pages of a backup that was checked. */
export async function* pagesOf(file: string): AsyncGenerator<Page> {
  for await (const value of linesOf(file)) {
    if (typeof value === 'object' && value !== null && 'rows' in value) yield value as Page;
  }
}

function readHead(file: string, value: unknown): Head {
  if (!Value.Check(HeadSchema, value)) throw new BackupError(`${file} is not a backup of Ronda.`);
  if (value.format !== FORMAT) {
    throw new BackupError(
      `${file} is of format ${value.format}, this Ronda reads ${FORMAT}: restore it with version ${value.version}.`,
    );
  }
  return value;
}

async function* linesOf(file: string): AsyncGenerator<unknown> {
  const text = createReadStream(file).on('error', (error) => unzipped.destroy(error));
  const unzipped = text.pipe(createGunzip());
  const lines = createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY });
  let failure: Error | undefined;
  // The lines end quietly when their source fails.
  unzipped.on('error', (error) => {
    failure = error;
    lines.close();
  });
  try {
    for await (const line of lines) yield JSON.parse(line);
  } catch (error) {
    failure ??= error as Error;
  } finally {
    text.destroy();
  }
  if (!failure) return;
  const { code = '' } = failure as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
    throw new BackupError(`${file} cannot be read (${code}): name a file that is there and may be read.`);
  }
  if (code === 'Z_BUF_ERROR')
    throw new BackupError(`${file} ends too early: copy it again, or choose an older backup.`);
  throw new BackupError(`${file} is not a backup of Ronda, or is damaged (${failure.message}).`);
}
