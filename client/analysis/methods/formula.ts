/** An element of MathML: its name, and either its text or what is in it. */
export interface MathNode {
  tag: 'mrow' | 'mi' | 'mn' | 'mo' | 'mtext' | 'mfrac' | 'msqrt' | 'msub' | 'msup' | 'msubsup' | 'munderover' | 'mover';
  text?: string;
  children?: MathNode[];
  /** An accent or limits: they stand close. */
  accent?: boolean;
}

const IDENTIFIERS: Record<string, string> = {
  alpha: 'α',
  beta: 'β',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  Phi: 'Φ',
  Delta: 'Δ',
  infty: '∞',
};
const OPERATORS: Record<string, string> = {
  le: '≤',
  ge: '≥',
  cdot: '·',
  times: '×',
  sim: '∼',
  in: '∈',
  to: '→',
};
/** Their limits stand below and above. */
const LARGE: Record<string, string> = { sum: '∑', min: 'min', max: 'max' };
const ACCENTS: Record<string, string> = { bar: '¯', hat: '^' };
const TOKEN = /\\([a-zA-Z]+|[#{}])|\s+|[0-9]+(?:\.[0-9]+)?|[\s\S]/gu;

/**
 * Reads a formula written in a small part of TeX: letters, numbers, `_`, `^`, groups in braces, `\frac`, `\sqrt`, `\bar`,
 * `\hat`, `\text`, `\sum`, `\min`, `\max`, Greek letters and signs by name. Throws an Error that names what it cannot read.
 */
export function parseFormula(source: string): MathNode {
  const tokens = [...source.matchAll(TOKEN)].map(([token]) => token);
  let at = 0;
  const fail = (problem: string): never => {
    throw new Error(`Formula “${source}”: ${problem}`);
  };
  const skipSpace = () => {
    while (tokens[at]?.trim() === '') at++;
  };
  const row = (end: string | undefined): MathNode => {
    const children: MathNode[] = [];
    for (skipSpace(); tokens[at] !== end; skipSpace()) {
      if (at >= tokens.length) fail('a brace is not closed');
      children.push(scripted());
    }
    at++;
    const [only] = children;
    return children.length === 1 && only ? only : { tag: 'mrow', children };
  };
  const scripted = (): MathNode => {
    const isLarge = (tokens[at] ?? '').slice(1) in LARGE;
    const base = atom();
    let [sub, sup]: [MathNode | undefined, MathNode | undefined] = [undefined, undefined];
    for (skipSpace(); tokens[at] === '_' || tokens[at] === '^'; skipSpace()) {
      if (tokens[at++] === '_') sub = atom();
      else sup = atom();
    }
    if (isLarge && sub) return { tag: 'munderover', children: [base, sub, sup ?? { tag: 'mrow', children: [] }] };
    if (sub && sup) return { tag: 'msubsup', children: [base, sub, sup] };
    if (sub) return { tag: 'msub', children: [base, sub] };
    return sup ? { tag: 'msup', children: [base, sup] } : base;
  };
  const atom = (): MathNode => {
    skipSpace();
    const token = tokens[at++] ?? fail('something is missing at the end');
    if (token === '{') return row('}');
    if (token === '}' || token === '_' || token === '^') return fail(`“${token}” stands where nothing is before it`);
    if (token.startsWith('\\')) return command(token.slice(1));
    if (/^\d/.test(token)) return { tag: 'mn', text: token };
    if (/^\p{L}$/u.test(token)) return { tag: 'mi', text: token };
    return { tag: 'mo', text: token === '-' ? '−' : token };
  };
  const command = (name: string): MathNode => {
    if (name === 'frac') return { tag: 'mfrac', children: [atom(), atom()] };
    if (name === 'sqrt') return { tag: 'msqrt', children: [atom()] };
    if (name === 'text') return { tag: 'mtext', text: words() };
    const accent = ACCENTS[name];
    if (accent) return { tag: 'mover', accent: true, children: [atom(), { tag: 'mo', text: accent }] };
    const identifier = IDENTIFIERS[name];
    if (identifier) return { tag: 'mi', text: identifier };
    const operator = OPERATORS[name] ?? LARGE[name] ?? (/^[#{}]$/.test(name) ? name : undefined);
    return operator ? { tag: 'mo', text: operator } : fail(`“\\${name}” is not known`);
  };
  const words = (): string => {
    skipSpace();
    if (tokens[at] !== '{') fail('words stand in braces');
    const end = tokens.indexOf('}', at);
    if (end < 0) fail('a brace is not closed');
    const text = tokens.slice(at + 1, end).join('');
    at = end + 1;
    return text;
  };
  return row(undefined);
}
