import { Switch } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { usePhone } from '../../components/use-phone.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { placeName } from '../map/figure-words.ts';
import { pWords, ratioWords } from '../numbers.ts';
import { useParents } from '../parents.ts';
import type { Counts } from '../places.ts';
import { useAnalysis } from '../state.ts';
import { pointAt } from '../use-drawn.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './compare.module.css';
import { COLUMNS, type Column, firstOrder, type Row, sorted } from './rows.ts';
import { rowPx, useRowWindow } from './use-row-window.ts';

const HEADS = {
  place: 'compare.place',
  period: 'compare.period',
  baseline: 'compare.baseline',
  ratio: 'compare.ratioHead',
  p: 'compare.p',
  pFdr: 'compare.pCorrected',
} as const satisfies Record<Column, string>;

interface Props {
  spec: AnalysisSpec;
  counts: Counts;
  rows: readonly Row[];
  /** Places that have an incident in either period: p is corrected for so many. */
  tested: number;
}

/** Every place with its numbers, in any order; the row pointed at and the place on the map are the same. */
export function ComparisonTable({ spec, counts, rows, tested }: Props) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const focus = useAnalysis((analysis) => analysis.focus);
  const [order, setOrder] = useState(() => firstOrder(spec.fdr ? 'pFdr' : 'p'));
  const [only, setOnly] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const px = rowPx(usePhone());
  const shown = useMemo(
    () => sorted(only ? rows.filter(({ significant }) => significant) : rows, order),
    [rows, order, only],
  );
  const { first, last } = useRowWindow(body, shown.length, px);
  const inSight = shown.slice(first, last);
  const desa = useParents('areas' in counts && counts.level === 'rw' ? inSight : []);
  const found = useMemo(() => rows.filter(({ significant }) => significant).length, [rows]);
  const n = (value: number) => number(value, language);

  // What was pointed at on the map comes into sight.
  useEffect(() => {
    const at = focus === undefined ? -1 : shown.findIndex(({ key }) => key === focus);
    const element = body.current;
    if (at < 0 || !element) return;
    const top = at * px;
    if (top < element.scrollTop || top + px > element.scrollTop + element.clientHeight)
      element.scrollTo({ top: top - element.clientHeight / 2 });
  }, [focus, shown, px]);

  /** The next place up or down is pointed at; its row may only be drawn once it has been scrolled to. */
  const step = (to: number) => {
    const row = shown[to];
    if (!row) return;
    pointAt(counts, row.at);
    const focusRow = () => body.current?.querySelector<HTMLElement>(`[aria-rowindex="${to + 2}"] button`)?.focus();
    requestAnimationFrame(() => requestAnimationFrame(focusRow));
  };
  return (
    <section className={classes.table} aria-label={t('compare.table')}>
      <div className={classes.tools}>
        <p>
          {t('compare.rows', {
            shown: n(shown.length),
            all: n(rows.length),
            found: n(found),
            method: t(spec.fdr ? 'compare.corrected' : 'compare.uncorrected'),
            alpha: number(spec.alpha, language, 3),
          })}
        </p>
        <Switch
          label={t('compare.onlySignificant')}
          checked={only}
          onChange={(event) => setOnly(event.currentTarget.checked)}
        />
      </div>
      <div ref={body} className={classes.body}>
        <table aria-rowcount={shown.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={order.column !== column ? undefined : order.descending ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    title={t('compare.sort', { column: t(HEADS[column]) })}
                    onClick={() =>
                      setOrder(order.column === column ? { column, descending: !order.descending } : firstOrder(column))
                    }
                  >
                    {t(HEADS[column])}
                    {order.column === column && <span aria-hidden="true">{order.descending ? ' ↓' : ' ↑'}</span>}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <tr style={{ height: first * px }} />}
            {inSight.map((row, index) => (
              <tr
                key={row.key}
                aria-rowindex={first + index + 2}
                data-chosen={row.key === focus || undefined}
                data-significant={row.significant || undefined}
              >
                <td>
                  <button
                    type="button"
                    aria-pressed={row.key === focus}
                    onClick={() => pointAt(counts, row.at)}
                    onKeyDown={(event) => {
                      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
                      if (by === undefined) return;
                      event.preventDefault();
                      step(first + index + by);
                    }}
                  >
                    <span>{placeName(counts, row.at, t, desa.nameOf(row.key))}</span>
                  </button>
                </td>
                <td>{n(row.count)}</td>
                <td>{n(row.baselineCount)}</td>
                <td>{row.ratio === undefined ? '–' : ratioWords(row.ratio, language)}</td>
                <td>{row.p === undefined ? '–' : pWords(row.p, language)}</td>
                <td>{row.pFdr === undefined ? '–' : pWords(row.pFdr, language)}</td>
              </tr>
            ))}
            {last < shown.length && <tr style={{ height: (shown.length - last) * px }} />}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p className={classes.dim}>{t('compare.none')}</p>}
      <p className={classes.note}>{t('compare.pNote', { tested: n(tested) })}</p>
    </section>
  );
}
