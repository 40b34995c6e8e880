// The live preview in a real browser: node preview.mjs ADDRESS ROOT, with `yipin serve --root ROOT` listening at ADDRESS.
// ROOT is a site of `yipin init` with the theme ejected. Exit 0: all holds; 1: something does not.
import { chromium } from 'playwright-core';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [address, root] = process.argv.slice(2);
const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const failures = [];
const check = (holds, said) => {
  if (!holds) failures.push(said);
};
const change = (path, from, to) => {
  const text = readFileSync(join(root, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(join(root, path), text.replace(from, to));
};
const within = selector => `yipin-preview ${selector}`;

/** A preview may load the page again while it is looked at; then it is looked at again. */
async function violations(page, tries = 5) {
  try {
    await page.evaluate(AXE);
    const found = await page.evaluate(() => axe.run({ include: [['yipin-preview']] }));
    return found.violations.map(one => `${one.id}: ${one.nodes[0].html}`);
  } catch (error) {
    if (tries === 0 || !String(error).includes('context was destroyed')) throw error;
    await page.waitForSelector(within('.overlay'));
    return violations(page, tries - 1);
  }
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(30000);
  page.on('pageerror', error => check(false, `script: ${error.message}`));
  page.on('console', message => {
    // The starter has no icon; a browser asks for one all the same.
    const isIcon = message.location().url.endsWith('/favicon.ico');
    check(isIcon || message.type() !== 'error', `console: ${message.text()}`);
  });
  const here = `${address}communities/hepan/index.html`;
  await page.goto(here);
  await page.evaluate(() => { window.same = true; });
  const isSame = () => page.evaluate(() => window.same === true);

  // A mistake is laid over the page, which stays.
  const yaml = 'content/communities/hepan/community.yaml';
  change(yaml, '类别: gongzhi', '类别: <i>没有</i>');
  await page.waitForSelector(within('.overlay'));
  const said = await page.textContent(within('.overlay'));
  check(said.includes(`${yaml}:`) && said.includes('unknown-reference'), `the overlay says: ${said}`);
  check((await page.textContent(within('mark'))) === '<i>没有</i>', 'the place is marked, as text');
  check((await page.locator(within('i')).count()) === 0, 'nothing from a file becomes markup');
  check(await isSame(), 'the page was not loaded again for a mistake');
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const found of await violations(page)) check(false, `axe, ${colorScheme}: ${found}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });

  // It can be closed and opened again with the keyboard.
  await page.keyboard.press('Escape');
  await page.waitForSelector(within('.badge'));
  check((await page.locator(within('.overlay')).count()) === 0, 'Escape closes the overlay');
  await page.focus(within('.badge'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(within('.overlay'));
  await page.focus(within('.close'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(within('.badge'));

  // It goes when the mistake is mended.
  change(yaml, '类别: <i>没有</i>', '类别: gongzhi');
  await page.waitForSelector(within('.badge'), { state: 'detached' });
  check(await isSame(), 'the page was not loaded again when it was as before');

  // A style is swapped in place.
  change('themes/default/static/style.css', '', 'h1 { letter-spacing: 7px !important; }\n');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px');
  check(await isSame(), 'the page was not loaded again for a style');
  check((await page.locator('link[rel=stylesheet][href*="assets/style."]').count()) === 1, 'the old style sheet is gone');

  // A text loads the page again, wherever its reader is; a page that does not show it stays.
  const other = await browser.newPage();
  await other.goto(`${address}communities/xiangyang/index.html`);
  await other.evaluate(() => { window.same = true; });
  await page.bringToFront();
  change('content/communities/hepan/story.md', '河边', '浏览器里看到的河边');
  await page.waitForFunction(() => document.body.textContent.includes('浏览器里看到的河边') && !window.same);
  check(await other.evaluate(() => window.same === true), 'a page that did not change was not loaded again');

  // The panel is a page like any other, and follows what is found.
  await page.goto(`${address}__yipin/`);
  check((await page.locator('.outputs a').count()) > 20, 'the panel lists the outputs');
  change(yaml, '类别: gongzhi', '类别: 没有');
  await page.waitForSelector('.problems li.error');
  await page.evaluate(AXE);
  const panel = await page.evaluate(() => axe.run());
  check(!panel.violations.length, `axe, panel: ${panel.violations.map(one => one.id)}`);
  await browser.close();
  failures.forEach(failure => console.error(`  ✗ ${failure}`));
  return failures.length ? 1 : 0;
}

main().then(code => process.exit(code), error => {
  console.error(error);
  process.exit(2);
});
