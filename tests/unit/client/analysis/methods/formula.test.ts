import { expect, test } from 'vitest';
import { type MathNode, parseFormula } from '../../../../../client/analysis/methods/formula.ts';

const shown = ({ tag, text, children = [] }: MathNode): string =>
  text ?? `${tag.slice(1)}(${children.map(shown).join(' ')})`;

test('reads letters, numbers, indices and powers', () => {
  expect(shown(parseFormula('n_i = 1000'))).toBe('row(sub(n i) = 1000)');
  expect(shown(parseFormula('w_{ij}^2'))).toBe('subsup(w row(i j) 2)');
  expect(shown(parseFormula('x^{-1}'))).toBe('sup(x row(− 1))');
  expect(parseFormula('x')).toEqual({ tag: 'mi', text: 'x' });
});

test('reads fractions, roots, accents and sums', () => {
  expect(shown(parseFormula('\\frac{a}{b + 1}'))).toBe('frac(a row(b + 1))');
  expect(shown(parseFormula('\\sqrt{\\lambda}'))).toBe('sqrt(λ)');
  expect(shown(parseFormula('\\bar{x}'))).toBe('over(x ¯)');
  expect(shown(parseFormula('\\sum_{j \\in W} x_j'))).toBe('row(underover(∑ row(j ∈ W) row()) sub(x j))');
  expect(shown(parseFormula('\\sum x'))).toBe('row(∑ x)');
  expect(shown(parseFormula('\\#\\{k \\ge 1\\}'))).toBe('row(# { k ≥ 1 })');
});

test('keeps words as they are, spaces too', () => {
  expect(shown(parseFormula('\\text{per hari} x'))).toBe('row(per hari x)');
});

test.each([
  ['\\frac{a', 'brace'],
  ['a_', 'missing'],
  ['\\unknown', 'unknown'],
  ['}', 'stands where'],
  ['\\text x', 'braces'],
])('says of %s what it cannot read', (source, problem) => {
  expect(() => parseFormula(source)).toThrow(problem);
});
