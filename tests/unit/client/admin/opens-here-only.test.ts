import { expect, test } from 'vitest';
import { opensHereOnly } from '../../../../client/admin/opens-here-only.ts';

test.each(['http://127.0.0.1:8080/enrol#a', 'http://localhost:8080/enrol#a', 'http://[::1]:8080/enrol#a'])(
  '%s opens on the computer of the server alone',
  (address) => expect(opensHereOnly(address)).toBe(true),
);

test.each([
  'https://ronda.example.org/enrol#a',
  'https://192.168.1.27:8080/enrol#a',
  'http://localhost.example.org/#a',
])('%s opens elsewhere too', (address) => expect(opensHereOnly(address)).toBe(false));
