import { statSync } from 'node:fs';
import type { TestSequencer, TestSpecification } from 'vitest/node';

/** Short files that take long: they kill and start servers again and again, or fill disks. */
const SLOW = /\/integration\/(kill|power-cut|disk-full|secrets|backup\/backup|warnings\/kill)\.test\.ts$/;

/**
 * Begins with what takes long, then the largest files: what is left to the end by its size, and takes long, would run on by
 * itself while the other worker rests.
 */
export class SlowFirst implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return files.toSorted((a, b) => groupOf(a) - groupOf(b) || lengthOf(b) - lengthOf(a));
  }

  shard(): never {
    throw new Error('The tests are run as a whole: they share their databases.');
  }
}

function lengthOf({ moduleId }: TestSpecification): number {
  return SLOW.test(moduleId) ? Number.MAX_SAFE_INTEGER : statSync(moduleId).size;
}
