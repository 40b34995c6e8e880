// Checks the built site in a real browser: node run.mjs [folder] [--shots folder] [--only part,part]
// Parts: links, html, load, axe, width, scripts-off, keyboard, print. Exit 0: all hold; 1: some do not; 2: the checks could not run.
import { chromium } from 'playwright-core';
import { resolve } from 'node:path';
import { load, kinds, serve, deadLinks } from './site.mjs';
import * as parts from './parts.mjs';
import { chromium as path } from './chromium.mjs';
import { html } from './html.mjs';
import { keyboard } from './keyboard.mjs';
import { print } from './print.mjs';
import { shots } from './shots.mjs';

const words = process.argv.slice(2);
const option = name => (words.includes(name) ? words.splice(words.indexOf(name), 2)[1] : undefined);
const shotsFolder = option('--shots');
const only = option('--only')?.split(',');
const folder = resolve(words[0] || new URL('../../public', import.meta.url).pathname);

const failures = [];
const check = (holds, said) => {
  if (!holds) {
    failures.push(said);
    console.error(`  ✗ ${said}`);
  }
};

async function main() {
  const site = load(folder);
  if (!site.pages.length) throw new Error(`no page in ${folder}: build the site first`);
  const server = await serve(site);
  const browser = await chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const world = { site, base: server.base, browser, kinds: kinds(site), check };
  const all = {
    links: () => deadLinks(site).forEach(dead => check(false, `dead link ${dead}`)),
    html: () => html(world),
    load: () => parts.loads(world),
    axe: () => parts.axe(world),
    width: () => parts.width(world),
    'scripts-off': () => parts.scriptsOff(world),
    keyboard: () => keyboard(world),
    print: () => print(world),
    ...(shotsFolder && { shots: () => shots(world, shotsFolder) }),
  };
  try {
    for (const [name, run] of Object.entries(all)) {
      if (only && !only.includes(name)) continue;
      const began = Date.now();
      await run();
      console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
  } finally {
    await browser.close();
    server.close();
  }
  console.log(failures.length ? `${failures.length} problems` : `all hold: ${site.pages.length} pages, ${world.kinds.length} kinds`);
  return failures.length ? 1 : 0;
}

main().then(code => process.exit(code), error => {
  console.error(error);
  process.exit(2);
});
