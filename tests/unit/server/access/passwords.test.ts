import { describe, expect, test } from 'vitest';
import { COMMON_WORDS } from '../../../../server/access/common-passwords.ts';
import { passwordProblem } from '../../../../server/access/password-rules.ts';
import { checkPassword, hashPassword } from '../../../../server/access/passwords.ts';

describe('which passwords are taken', () => {
  test.each([
    ['kuda lumping tujuh kali'],
    ['tiga becak lewat jembatan'],
    ['correct horse battery staple'],
    ['x7#kQ2!vT9pL'],
    ['pagi pagi minum kopi tubruk'],
    ['ᬓᬸᬤᬸᬮᬸᬫ᭄ᬧᬶᬗ᭄ᬢᬸᬚᬸᬄ'],
  ])('%s', (password) => {
    expect(passwordProblem(password, 'siti.aminah', 'Siti Aminah')).toBeUndefined();
  });

  test.each([
    ['short', 'shorter than 12'],
    ['🔑🔑🔑🔑🔑🔑', 'shorter than 12'],
    ['aaaaaaaaaaaaaaaa', 'repeats'],
    ['abababababababab', 'repeats'],
    ['123456789012', 'guessed first'],
    ['password1234', 'guessed first'],
    ['P@ssw0rd!2026', 'guessed first'],
    ['Indonesia2026', 'guessed first'],
    ['indonesiajaya', 'guessed first'],
    ['rahasia12345', 'guessed first'],
    ['bismillah1234', 'guessed first'],
    ['bhayangkara1946', 'guessed first'],
    ['qwertyuiop123', 'guessed first'],
    ['1q2w3e4r5t6y', 'guessed first'],
    ['sayangkusayangku', 'guessed first'],
    ['zyxwvutsrqpo', 'guessed first'],
    ['siti.aminah12', 'name of its account'],
    ['AminahAminah1', 'name of its account'],
    ['ronda.ronda.ronda', 'guessed first'],
  ])('%s is not', (password, problem) => {
    expect(passwordProblem(password, 'siti.aminah', 'Siti Aminah')).toContain(problem);
  });

  test('every listed word is refused, doubled and with a year', () => {
    for (const word of COMMON_WORDS) {
      const made = `${word}2026${word}2026`.slice(0, Math.max(12, word.length + 4));
      expect(passwordProblem(made, 'x'), made).toBeDefined();
    }
  });

  test('the longest is judged at once', () => {
    const begin = performance.now();
    passwordProblem('qwerty'.repeat(42), 'a'.repeat(64), 'b '.repeat(40));
    passwordProblem('\\$&(a+)+'.repeat(30), '.*.*.*', '(');
    expect(performance.now() - begin).toBeLessThan(200);
  });
});

test('passwords are stored as argon2id, 19 MiB, two passes, and checked', async () => {
  const stored = await hashPassword('kuda lumping tujuh kali');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await checkPassword('kuda lumping tujuh kali', stored)).toBe(true);
  expect(await checkPassword('kuda lumping tujuh kal', stored)).toBe(false);
  expect(await checkPassword('', null)).toBe(false);
  // The same letters, composed otherwise: keyboards differ.
  const composed = await hashPassword('caf\u00e9 di tepi danau toba');
  expect(await checkPassword('cafe\u0301 di tepi danau toba', composed)).toBe(true);
});
