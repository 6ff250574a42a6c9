import { expect, test } from 'vitest';
import { Meters } from '../../../server/meters.ts';

test('measurements are written in the text format of Prometheus', () => {
  const meters = new Meters();
  const fixes = meters.counter('fixes_total', 'Fixes', 'verdict');
  fixes.add('stored', 3);
  fixes.add('stored');
  fixes.add('a "quoted\\"\nword');
  meters.counter('starts_total', 'Starts').add('');
  meters.gauge('viewers', 'Viewers', () => 7);
  meters.gauge('memory', 'Memory', () => ({ heap: 1, rss: 2 }), 'kind');
  const seconds = meters.histogram('seconds', 'Seconds', [0.1, 1]);
  for (const value of [0.05, 0.1, 0.5, 3]) seconds.observe(value);
  expect(meters.text()).toBe(`# HELP fixes_total Fixes
# TYPE fixes_total counter
fixes_total{verdict="stored"} 4
fixes_total{verdict="a \\"quoted\\\\\\"\\nword"} 1
# HELP starts_total Starts
# TYPE starts_total counter
starts_total 1
# HELP viewers Viewers
# TYPE viewers gauge
viewers 7
# HELP memory Memory
# TYPE memory gauge
memory{kind="heap"} 1
memory{kind="rss"} 2
# HELP seconds Seconds
# TYPE seconds histogram
seconds_bucket{le="0.1"} 2
seconds_bucket{le="1"} 3
seconds_bucket{le="+Inf"} 4
seconds_sum 3.65
seconds_count 4
`);
});
