import { Button, Loader } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useSettings } from '../../api/settings.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { useOpened } from '../saved/opened.ts';
import type { Brief } from './brief-of.ts';
import { type BriefKind, closeBrief, useBrief } from './brief-state.ts';
import classes from './document.module.css';
import { FlashCard, FullBrief } from './document.tsx';
import { tellPrinter } from './printer.ts';
import { useBriefContent } from './use-brief.ts';
import { usePaper, usePicture, useRecord } from './use-paper.ts';
import { useBriefTexts } from './words.ts';

/** The document of what is on the screen, over all of it: asked for by somebody here, or by the server for a file. */
export function BriefOverlay() {
  const kind = useBrief((brief) => brief.kind);
  const isFile = useView(({ saved }) => saved?.print === true);
  const shown = isFile ? 'full' : kind;
  return shown ? createPortal(<Paper key={shown} kind={shown} isFile={isFile} />, document.body) : null;
}

function Paper({ kind, isFile }: { kind: BriefKind; isFile: boolean }) {
  const { t } = useBriefTexts();
  const { t: common } = useTexts();
  const overlay = useRef<HTMLDivElement>(null);
  useAlone(overlay);
  useEscape(isFile ? undefined : closeBrief);
  const isLight = usePaper();
  const { brief, problem } = useBriefContent();
  // What is on paper stays, whatever is reported meanwhile.
  const [finished, setFinished] = useState<Brief>();
  const picture = usePicture(isLight && brief !== undefined && !finished);
  const record = useRecord(isFile ? undefined : brief);
  const failure = problem ?? picture.problem ?? record.problem;
  if (!finished && brief && picture.data && (isFile || record.watermark))
    setFinished({ ...brief, picture: picture.data });
  useEffect(() => {
    if (isFile && failure && !finished) tellPrinter(failure);
  }, [isFile, failure, finished]);
  return (
    <div ref={overlay} className={classes.overlay} data-brief role="dialog" aria-modal="true" aria-label={t('preview')}>
      {!isFile && (
        <div className={classes.bar}>
          <b>{t(`head.${kind}`)}</b>
          <PdfHint />
          <Button size="sm" disabled={!finished} onClick={() => window.print()}>
            {t('print')}
          </Button>
          <Button size="sm" variant="default" data-autofocus onClick={closeBrief}>
            {t('close')}
          </Button>
        </div>
      )}
      {finished ? (
        <Sheet kind={kind} isFile={isFile} brief={finished} watermark={record.watermark} />
      ) : (
        <div className={classes.waiting} role={failure ? 'alert' : 'status'}>
          {failure ? (
            <>
              <b>{t('notReady')}</b>
              <p>{failure}</p>
              <p>{common('app.failedHint')}</p>
            </>
          ) : (
            <>
              <Loader size="sm" />
              <b>{t('preparing')}</b>
              <p>{t('preparingHint')}</p>
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** By then the menu that it was asked for in has let go of the focus. */
const MENU_CLOSED_MS = 100;

/** Nothing beneath can be reached meanwhile: the menu that it was asked for in takes the focus back when it closes. */
function useAlone(overlay: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const beneath = [...document.body.children].filter((part) => part !== overlay.current);
    for (const part of beneath) part.toggleAttribute('inert', true);
    const timer = setTimeout(
      () => overlay.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(),
      MENU_CLOSED_MS,
    );
    return () => {
      clearTimeout(timer);
      for (const part of beneath) part.toggleAttribute('inert', false);
    };
  }, [overlay]);
}

/** Escape is the overlay's alone, wherever the focus is. */
function useEscape(leave: (() => void) | undefined): void {
  useEffect(() => {
    if (!leave) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      leave();
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, [leave]);
}

/** How the print dialog makes a PDF, where the server makes none of what is on the screen. */
function PdfHint() {
  const { t } = useBriefTexts();
  const { data: settings } = useSettings();
  const isSaved = useOpened(({ analysis }) => analysis !== undefined);
  return settings && !(settings.pdf && isSaved) ? <span className={classes.hint}>{t('pdfByPrint')}</span> : null;
}

interface SheetProps {
  kind: BriefKind;
  isFile: boolean;
  brief: Brief;
  watermark: string | undefined;
}

/** The paper itself; once it has been drawn, the print dialog opens over it, or the server is told. */
function Sheet({ kind, isFile, brief, watermark }: SheetProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    if (isPrinted) return;
    let left = false;
    const images = [...(sheet.current?.querySelectorAll('img') ?? [])].map((image) => image.decode());
    void Promise.all([...images, document.fonts.ready]).then(() => {
      if (left) return;
      setPrinted(true);
      if (isFile) tellPrinter('true');
      else window.print();
    });
    return () => {
      left = true;
    };
  }, [isPrinted, isFile]);
  return (
    <article ref={sheet} className={classes.sheet} data-kind={kind} data-file={isFile || undefined}>
      {watermark && <Mark text={watermark} />}
      {kind === 'full' ? <FullBrief brief={brief} /> : <FlashCard brief={brief} />}
    </article>
  );
}

/** Who took it and when, across every page. */
function Mark({ text }: { text: string }) {
  return (
    <svg className={classes.mark} aria-hidden="true">
      <defs>
        <pattern id="brief-mark" width="340" height="170" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="0" y="40" fontSize="13">
            {text}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#brief-mark)" />
    </svg>
  );
}
