import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

export interface Usage {
  /** CPU seconds used so far, user and system, by the processes alive now and their children already waited for. */
  cpuSeconds: number;
  /** Resident memory now, bytes. */
  residentBytes: number;
}

/** CPU and memory of a process and all its descendants, read from /proc. Shared pages count once for each process. */
export function usageOf(pid: number): Usage {
  const children = new Map<number, number[]>();
  const cpu = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parent = '0', user = '0', system = '0', waitedUser = '0', waitedSystem = '0'] = [1, 11, 12, 13, 14].map(
      (index) => fields[index],
    );
    cpu.set(Number(name), Number(user) + Number(system) + Number(waitedUser) + Number(waitedSystem));
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
  }
  const total = { cpuSeconds: 0, residentBytes: 0 };
  const visit = (id: number) => {
    total.cpuSeconds += (cpu.get(id) ?? 0) / TICKS;
    total.residentBytes += Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0) * 1024;
    for (const child of children.get(id) ?? []) visit(child);
  };
  visit(pid);
  return total;
}

/** The file's text, or nothing when the process has gone meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
