import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inject } from 'vitest';

/** The folder of hostile input beside the project; tests that need it are skipped where it is missing. */
export const corpora = join(inject('sharedDir') || '.', 'corpora');

/** Whether this machine has it. */
export const hasCorpora = existsSync(join(corpora, 'README.md'));

/** Every file beneath a folder of the corpora, as paths from there, in order. */
export function corpusFiles(folder = '.'): string[] {
  if (!hasCorpora) return [];
  return readdirSync(join(corpora, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(corpora, join(entry.parentPath, entry.name)))
    .sort();
}

export function readCorpus(path: string): Buffer {
  return readFileSync(join(corpora, path));
}

/** The lines of a file that say something, as text of one byte a character where they are not UTF-8. */
export function corpusLines(path: string): string[] {
  if (!hasCorpora) return [];
  const bytes = readCorpus(path);
  const text = bytes.toString('utf8');
  return (text.includes('�') ? bytes.toString('latin1') : text).split(/\r?\n/).filter((line) => line !== '');
}

/** The big list of naughty strings. */
export function naughtyStrings(): string[] {
  return hasCorpora ? (JSON.parse(readCorpus('blns/blns.json').toString()) as string[]) : [];
}

/** Strings that try to become markup or script. */
export function scriptStrings(): string[] {
  const files = corpusFiles('fuzzdb/attack/xss').filter((path) => path.endsWith('.txt') && !path.includes('.doc.'));
  return files.flatMap(corpusLines);
}
/** Every string of fuzzdb that means something as the value of a parameter, each once. */
export function attackStrings(): string[] {
  const files = corpusFiles('fuzzdb/attack').filter((path) => path.endsWith('.txt') && !path.includes('.doc.'));
  return [...new Set(files.flatMap(corpusLines))];
}
