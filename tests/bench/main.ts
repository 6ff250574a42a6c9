import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benches as access } from './access.ts';
import { type Bench, type Row, runBench } from './harness.ts';
import { benches as hotspots } from './hotspots.ts';
import { benches as incidents } from './incidents.ts';
import { benches as ingest } from './ingest.ts';
import { benches as journal } from './journal.ts';
import { benches as live } from './live.ts';
import { benches as memory } from './memory.ts';
import { benches as repaint } from './page/repaint.ts';
import { benches as room } from './page/room.ts';
import { benches as page } from './page.ts';
import { benches as plan } from './plan.ts';
import { benches as start } from './start.ts';
import { benches as stats } from './stats.ts';
import { benches as statsDensity } from './stats-density.ts';
import { benches as tiles } from './tiles.ts';

/** Every benchmark, in the order they run. */
const BENCHES: Bench[] = [
  ...ingest,
  ...journal,
  ...live,
  ...memory,
  ...tiles,
  ...incidents,
  ...hotspots,
  ...access,
  ...stats,
  ...statsDensity,
  ...plan,
  ...page,
  ...repaint,
  ...room,
  ...start,
];

/**
 * `npm run bench [-- NAME…] [--json FILE] [--strict]`: runs the benchmarks that have a row whose id begins with one of the names,
 * or all. With `--strict` a missed goal makes the exit code 1; a benchmark that breaks always does.
 */
export async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, strict: { type: 'boolean', default: false } },
  });
  const chosen = BENCHES.filter(
    ({ names }) =>
      positionals.length === 0 || names.some((name) => positionals.some((start) => name.startsWith(start))),
  );
  if (chosen.length === 0) {
    console.error(
      `No benchmark begins with ${positionals.join(' or ')}; there are ${BENCHES.flatMap(({ names }) => names).join(', ')}.`,
    );
    process.exit(1);
  }
  const rows: Row[] = [];
  let broken = 0;
  for (const bench of chosen) {
    console.log(`• ${bench.names.join(', ')}`);
    try {
      rows.push(...(await runBench(bench, (text) => console.log(`    ${text}`))));
    } catch (error) {
      broken++;
      console.error(error);
    }
    if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  }
  printTable(rows);
  const missed = rows.filter((row) => !row.ok).length;
  if (missed > 0) console.log(`${missed} of ${rows.length} goals missed`);
  process.exit(broken > 0 || (values.strict && missed > 0) ? 1 : 0);
}

/** Prints the rows as a Markdown table, as the README shows them. */
function printTable(rows: Row[]): void {
  const lines = [
    ['id', 'measured', 'reference', 'ratio', 'goal', 'unit', 'ok'],
    ...rows.map((row) => [
      row.id,
      figure(row.measured),
      figure(row.reference),
      figure(row.ratio),
      row.goal,
      row.unit,
      row.ok ? 'yes' : 'NO',
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const print = (line: string[]) =>
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.forEach((line, index) => {
    print(line);
    if (index === 0) print(widths.map((width) => '-'.repeat(width)));
  });
}

const figure = (value: number) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
