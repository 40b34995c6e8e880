// How much a query loads and how soon it is answered in a real browser: node pace.mjs FOLDER [COUNT] [SEED]
// Each query is asked on a new page, over HTTP in a sub-directory and from the disk; and once more when all it needs is there.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromium as path } from './chromium.mjs';
import { load, serve, fileUrl, PREFIX } from './site.mjs';
import { blocksOf, dice } from './substrings.mjs';

const percentile = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))];

/** Parts of two to eight characters of random pages. */
function parts(site, count, seed) {
  const roll = dice(seed);
  const pages = site.pages.filter(page => page.kind && !['redirect', 'search', 'missing'].includes(page.kind) && !page.path.startsWith('en/'));
  const all = [];
  while (all.length < count) {
    const blocks = blocksOf(pages[roll(pages.length)].html).map(block => [...block]).filter(block => block.length >= 2);
    const block = blocks[roll(blocks.length)] || [];
    const length = Math.min(block.length, 2 + roll(7));
    const start = roll(block.length - length + 1);
    const part = block.slice(start, start + length).join('').trim();
    if ([...part].length >= 2) all.push(part);
  }
  return all;
}

/** Asks on the page, and returns how long it took until the answer was shown. */
const ask = (page, text) => page.evaluate(async text => {
  const list = document.querySelector('#search-results');
  const box = document.querySelector('#q');
  box.value = text;
  const began = performance.now();
  box.form.dispatchEvent(new Event('submit', { cancelable: true }));
  do await new Promise(done => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
  while (list.getAttribute('aria-busy') !== 'false');
  return performance.now() - began;
}, text);

/** The size of a file the page asked for, wherever it came from. */
function size(root, url) {
  const file = url.startsWith('file:') ? fileURLToPath(url.split('?')[0]) : join(root, decodeURIComponent(new URL(url).pathname).slice(PREFIX.length));
  try { return statSync(file).size; } catch { return 0; }
}

async function measure(browser, site, address, texts) {
  const result = { bytes: [], first: [], again: [] };
  for (const text of texts) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked = new Set();
    page.on('request', request => { if (/search/.test(request.url()) && /\.js/.test(request.url())) asked.add(request.url()); });
    await page.goto(address('search/index.html'));
    result.first.push(await ask(page, text));
    result.bytes.push([...asked].reduce((sum, url) => sum + size(site.root, url), 0));
    result.again.push(await ask(page, text));
    await context.close();
  }
  const said = {};
  for (const [name, all] of Object.entries(result)) said[name] = { median: Math.round(percentile(all, 0.5)), p95: Math.round(percentile(all, 0.95)), most: Math.round(Math.max(...all)) };
  return said;
}

const [folder, count = '100', seed = '1'] = process.argv.slice(2);
const site = load(resolve(folder));
const texts = parts(site, Number(count), Number(seed));
site.pages = [];
const server = await serve(site);
const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const [name, address] of [['over HTTP', path => server.base + path], ['from the disk', path => fileUrl(site, path)]]) {
    console.log(name, JSON.stringify(await measure(browser, site, address, texts)));
  }
} finally {
  await browser.close();
  server.close();
}
