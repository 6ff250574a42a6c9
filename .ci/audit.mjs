/** S16: asks the registry for known holes of the locked packages. Fails at high and critical ones; a registry that answers no such questions is said. */
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = {};
}
const counts = report.metadata?.vulnerabilities;
if (!counts) {
  console.log(`S16 npm audit: not checked, the registry has no audits (${report.statusCode ?? 'no answer'}).`);
} else {
  console.log(`S16 npm audit: ${Object.entries(counts).map(([level, count]) => `${level} ${count}`).join(', ')}`); // biome-ignore format: one line
  if (counts.high + counts.critical > 0) {
    console.error(stdout);
    process.exit(1);
  }
}
