import { createElement, type ReactNode } from 'react';
import { type MathNode, parseFormula } from './formula.ts';
import classes from './methods.module.css';

/** A formula, set by the browser; long ones scroll sideways in their own line. */
export function Formula({ source, inline = false }: { source: string; inline?: boolean }) {
  const math = createElement(
    'math',
    { ...(!inline && { display: 'block' }), 'data-formula': source },
    draw(parseFormula(source), 0),
  );
  return inline ? math : <div className={classes.formula}>{math}</div>;
}

function draw({ tag, text, children, accent }: MathNode, key: number): ReactNode {
  return createElement(tag, { key, ...(accent && { accent: 'true' }) }, text ?? children?.map(draw));
}
