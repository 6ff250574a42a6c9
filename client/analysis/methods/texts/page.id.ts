import type { PageText } from '../texts.ts';

export const page: PageText = {
  lead: 'Setiap angka di ruang ini: apa artinya, rumusnya, yang diandaikan, kapan jangan dipakai, dan siapa yang menerbitkannya.',
  formula: 'Rumus',
  where: 'dengan',
  assumes: 'Yang diandaikan',
  sided: 'Nilai p',
  avoid: 'Jangan dipakai bila',
  rules: 'Aturan',
  sources: 'Sumber',
  link: 'Metode: {{title}}',
  parts: { counting: 'Menghitung', maps: 'Peta', tests: 'Uji dan peringatan' },
};
