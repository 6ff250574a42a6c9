import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Starts the machine's Chromium with software rendering and no traffic of its own. */
export async function launchChromium(executablePath: string): Promise<Browser> {
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
    ],
  });
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the machine's Chromium, or empty. */
export function findChromium(): string {
  return PLACES.find((path) => existsSync(path)) ?? '';
}
