import type { PageText } from '../texts.ts';

export const page: PageText = {
  lead: 'Every figure of this room: what it means, its formula, what it assumes, when not to use it, and who published it.',
  formula: 'Formula',
  where: 'with',
  assumes: 'What it assumes',
  sided: 'p value',
  avoid: 'Do not use it when',
  rules: 'Rules',
  sources: 'Source',
  link: 'Method: {{title}}',
  parts: { counting: 'Counting', maps: 'Maps', tests: 'Tests and warnings' },
};
