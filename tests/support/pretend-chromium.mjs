#!/usr/bin/env node
/**
 * Speaks as much of the DevTools protocol over a pipe as a printing needs. What it “prints” is JSON: what the page's
 * cookie opens, what it does not, and the environment that it was started with.
 */
import { createReadStream, createWriteStream } from 'node:fs';

const output = createWriteStream('', { fd: 4 });
let text = '';
let cookie = '';
let seen = {};

createReadStream('', { fd: 3, encoding: 'utf8' }).on('data', async (chunk) => {
  text += chunk;
  for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
    const { id, method, params } = JSON.parse(text.slice(0, end));
    text = text.slice(end + 1);
    output.write(`${JSON.stringify({ id, result: await answer(method, params) })}\0`);
  }
});

async function answer(method, params) {
  if (method === 'Target.createTarget') return { targetId: 't' };
  if (method === 'Target.attachToTarget') return { sessionId: 's' };
  if (method === 'Network.setCookie') cookie = `${params.name}=${params.value}`;
  if (method === 'Page.navigate') seen = await look(new URL(params.url));
  if (method === 'Runtime.evaluate') return { result: { value: 'true' } };
  if (method === 'Page.printToPDF') {
    const printed = { ...seen, cookie, mark: params.footerTemplate, environment: Object.keys(process.env) };
    return { data: Buffer.from(JSON.stringify(printed)).toString('base64') };
  }
  return {};
}

async function look(url) {
  const ask = async (path, init = {}) => {
    const response = await fetch(new URL(path, url), { ...init, headers: { cookie, origin: url.origin } });
    return { status: response.status, body: await response.text() };
  };
  return {
    url: url.href,
    me: await ask('/api/access/me'),
    analysis: await ask(`/api/analyses/${url.searchParams.get('cetak')}`),
    list: await ask('/api/analyses'),
    write: await ask(`/api/analyses/${url.searchParams.get('cetak')}`, { method: 'DELETE' }),
  };
}
