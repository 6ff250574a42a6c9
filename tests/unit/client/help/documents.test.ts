import { expect, test } from 'vitest';
import { asText, documentsIn } from '../../../../client/help/documents.ts';

test('both languages have the same forms with the same parts', () => {
  const shape = (language: 'id' | 'en') =>
    documentsIn(language).map(({ key, parts }) => [key, parts.map(({ items }) => items.length)]);
  expect(shape('en')).toEqual(shape('id'));
});

test('the notice names the deadline and everything that the law wants in it', () => {
  const breach = documentsIn('id').find(({ key }) => key === 'breach');
  const text = breach ? asText(breach) : '';
  for (const wanted of ['pasal 46', '3 × 24 jam', 'subjek data', 'lembaga', 'terungkap', 'pemulihan', 'masyarakat'])
    expect(text).toContain(wanted);
  expect(text).toContain('- [ ] ');
});

test('the assessment leaves a blank for what Ronda cannot know', () => {
  const impact = documentsIn('id').find(({ key }) => key === 'impact');
  const text = impact ? asText(impact) : '';
  expect(text).toContain('pasal 34');
  expect(text).toContain('  …');
});
