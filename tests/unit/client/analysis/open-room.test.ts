import { beforeEach, expect, test } from 'vitest';
import { decodeLink, encodeLink } from '../../../../client/analysis/link.ts';
import { firstSpec, openRoom, useAnalysis } from '../../../../client/analysis/state.ts';
import { useView } from '../../../../client/state/view.ts';

const spec = { ...firstSpec('2026-11-22'), seed: 7 };

beforeEach(() => {
  useAnalysis.setState({ view: 'map', spec: undefined });
  useView.setState({ room: 'operasi', analysis: undefined });
});

test('entered from elsewhere, the link names the view that is opened, and asks what it did', () => {
  useAnalysis.setState({ view: 'compare', spec });
  useView.setState({ analysis: encodeLink('compare', spec) });
  openRoom('warnings');
  const { room, analysis = '' } = useView.getState();
  expect(room).toBe('analisis');
  expect(decodeLink(analysis, firstSpec('2026-01-01'))).toEqual({ view: 'warnings', spec });
});

test('a link that nobody has read yet does not bring its own view', () => {
  useView.setState({ analysis: encodeLink('map', spec) });
  openRoom('warnings');
  expect(decodeLink(useView.getState().analysis ?? '', firstSpec('2026-01-01')).view).toBe('warnings');
});

test('without a link there is none to keep', () => {
  openRoom('warnings');
  expect(useView.getState().analysis).toBeUndefined();
  expect(useAnalysis.getState().view).toBe('warnings');
});
