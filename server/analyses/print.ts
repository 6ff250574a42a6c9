import { setTimeout as delay } from 'node:timers/promises';
import { Chromium } from './chromium.ts';

/** How often the page is asked whether it has finished. */
const LOOK_MS = 100;
const READY = 'document.documentElement.dataset.printReady ?? ""';

/** What is printed. */
export interface PrintJob {
  /** Path of the Chromium. */
  chromium: string;
  /** Address of the page, on this computer. */
  url: string;
  /** The cookie that it is asked with. */
  cookie: { name: string; value: string };
  /** Stands at the foot of every page: who took it, and when. */
  mark: string;
  /** See {@link Chromium.start}. */
  publicKey?: string | undefined;
  timeoutMs: number;
}

/** A page that could not be printed; one line that says why. */
export class PrintError extends Error {
  override name = 'PrintError';
}

/**
 * Prints a page as PDF once it says that it has finished: by `data-print-ready="true"` on its root, or any other text there
 * for a reason why it cannot. Throws {@link PrintError}.
 */
export async function printPage({ chromium, url, cookie, mark, publicKey, timeoutMs }: PrintJob): Promise<Buffer> {
  const browser = await Chromium.start(chromium, new URL(url).hostname, publicKey);
  const ended = new AbortController();
  try {
    const late = delay(timeoutMs, undefined, { signal: ended.signal }).then(() => {
      throw new PrintError(`the page was not ready within ${timeoutMs / 1000} s`);
    });
    return await Promise.race([render(browser, { url, cookie, mark, ended: ended.signal }), late]);
  } catch (error) {
    throw error instanceof PrintError ? error : new PrintError((error as Error).message, { cause: error });
  } finally {
    ended.abort();
    await browser.close();
  }
}

async function render(
  browser: Chromium,
  { url, cookie, mark, ended }: Pick<PrintJob, 'url' | 'cookie' | 'mark'> & { ended: AbortSignal },
): Promise<Buffer> {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = (await browser.send('Target.attachToTarget', { targetId, flatten: true })) as {
    sessionId: string;
  };
  const send = (method: string, params: object = {}) => browser.send(method, params, sessionId);
  await send('Network.setCookie', { ...cookie, url, httpOnly: true, sameSite: 'Strict' });
  const { errorText } = await send('Page.navigate', { url });
  if (errorText) throw new PrintError(`the page does not load: ${errorText}`);
  await untilReady(send, ended);
  const { data } = await send('Page.printToPDF', {
    printBackground: true,
    preferCSSPageSize: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: `<div style="font:7px sans-serif;width:100%;padding:0 10mm;display:flex;justify-content:space-between">
      <span>${escaped(mark)}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`,
  });
  return Buffer.from(data as string, 'base64');
}

async function untilReady(
  send: (method: string, params?: object) => Promise<Record<string, unknown>>,
  ended: AbortSignal,
): Promise<void> {
  for (;;) {
    const { result } = (await send('Runtime.evaluate', { expression: READY, returnByValue: true })) as {
      result: { value?: string };
    };
    if (result.value === 'true') return;
    if (result.value) throw new PrintError(`the page says: ${result.value.slice(0, 200)}`);
    await delay(LOOK_MS, undefined, { signal: ended });
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
