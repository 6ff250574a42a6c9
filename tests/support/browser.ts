import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/**
 * Starts the machine's Chromium with software rendering and no traffic of its own.
 * @param composed by which the parts of a page are put together. Where software plays the GPU, having it do that too costs
 * more than all the rest of a test, so only what is measured does it as people's machines do. The map draws by WebGL either way.
 */
export async function launchChromium(
  executablePath: string,
  composed: 'by CPU' | 'by GPU' = 'by CPU',
): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(composed === 'by CPU' ? ['--disable-gpu-compositing'] : []),
    ],
  });
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the machine's Chromium, or empty. */
export function findChromium(): string {
  return PLACES.find((path) => existsSync(path)) ?? '';
}
