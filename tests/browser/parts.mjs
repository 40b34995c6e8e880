// What must hold on every page, whatever stands on it.
import { readFileSync } from 'node:fs';
import { fileUrl } from './site.mjs';

const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
export const ELDER = 'size-3 contrast simple';
/** Puts the reader's choice where the page looks for it. */
export const remember = (context, classes) => context.addInitScript(value => {
  try { localStorage.setItem('yipin-comfort', value); } catch { /* file:// of some browsers */ }
}, classes);

/** A tab that counts what goes wrong in it. */
export async function watched(context, check, base) {
  const page = await context.newPage();
  const at = () => page.url();
  page.on('console', message => check(message.type() !== 'error', `${at()}: console: ${message.text()}`));
  page.on('pageerror', error => check(false, `${at()}: ${error.message}`));
  // A picture still under way when the next page is asked for is aborted; that is the check's haste, not a fault.
  page.on('requestfailed', request => {
    const why = request.failure()?.errorText;
    check(why === 'net::ERR_ABORTED', `${at()}: failed: ${request.url()} ${why}`);
  });
  page.on('request', request => {
    const url = request.url();
    check(url.startsWith(base) || url.startsWith('file://') || url.endsWith('/favicon.ico'), `${at()}: asks for ${url}`);
  });
  return page;
}

/** No error, no failed request, no other host: every page from the disk, each kind over HTTP. */
export async function loads({ site, base, browser, kinds, check }) {
  const context = await browser.newContext();
  const page = await watched(context, check, base);
  const open = async (here, html) => {
    await page.goto(here, { waitUntil: 'load' });
    // A page left behind by a changed address leads on by itself.
    if (html.includes('http-equiv="refresh"')) await page.waitForURL(url => url.href !== here);
  };
  for (const one of site.pages) await open(fileUrl(site, one.path), one.html);
  for (const one of kinds) await open(base + one.path, one.html);
  // The page for unknown addresses finds its way from any depth.
  const lost = await context.newPage();
  await lost.goto(base + 'no/such/page/');
  const broken = await lost.evaluate(async () => {
    const found = await Promise.all([...document.links].filter(a => a.href.startsWith(location.origin) && !a.hash).map(async a => [a.href, (await fetch(a.href)).status]));
    return found.filter(([, status]) => status !== 200).map(([href]) => href);
  });
  check(!broken.length, `404.html at a deep address links to ${broken}`);
  await context.close();
  for (const one of kinds) {
    const scripts = [...one.html.matchAll(/<script src="([^"]+)"/g)].map(m => new URL(m[1], fileUrl(site, one.path)));
    const styles = [...one.html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(m => new URL(m[1], fileUrl(site, one.path)));
    const size = urls => urls.reduce((sum, url) => sum + readFileSync(url).length, 0);
    const js = size(scripts);
    const css = size(styles.filter(url => !/\/code\./.test(url.pathname)));
    // Searching has 12 KB of its own.
    const own = one.kind === 'search' ? 12288 : 0;
    check(js <= 20480 + own, `${one.path}: ${js} bytes of scripts`);
    check(js + css <= 61440 + own, `${one.path}: ${js + css} bytes of scripts and styles`);
    for (const url of scripts) {
      const young = /\?\.[a-z([]|\?\?|catch \{|\{ ?\.\.\./i.exec(readFileSync(url, 'utf8'));
      check(!young, `${url.pathname}: “${young}” is younger than ES2017`);
    }
    check(!/\son[a-z]+="/.test(one.html), `${one.path}: an inline event handler`);
  }
}

/** Nothing for axe to say on any kind, light and dark, plain and elder; in elder mode contrast is AAA. */
export async function axe({ base, browser, kinds, check }) {
  const looks = [['light'], ['dark'], ['light', ELDER], ['dark', ELDER]];
  await Promise.all(looks.map(async ([colorScheme, classes]) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1024, height: 768 } });
    if (classes) await remember(context, classes);
    const page = await context.newPage();
    for (const one of kinds) {
      if (one.kind === 'redirect') continue;
      await page.goto(base + one.path);
      await page.evaluate(AXE);
      const problems = await violations(page, Boolean(classes));
      problems.forEach(problem => check(false, `${one.path} ${colorScheme}${classes ? ' elder' : ''}: ${problem}`));
    }
    for (const [name, path, open] of opened(kinds)) {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(base + path);
      await open(page);
      await page.evaluate(AXE);
      (await violations(page, Boolean(classes))).forEach(problem => check(false, `${name} ${colorScheme}${classes ? ' elder' : ''}: ${problem}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= 360, `${name}: ${wide} px wide on a phone`);
    }
    await context.close();
  }));
}

/** What scripts open, on a phone. */
function opened(kinds) {
  const path = kind => kinds.find(one => one.kind === kind).path;
  return [
    ['menu and panel', path('progress'), async page => {
      await page.click('.menu summary');
      await page.click('.comfort-open');
      await page.click('[data-comfort=pointer]');
    }],
    ['filter', path('brands'), page => page.click('.filter button.chip')],
    ['lightbox', path('community'), page => page.click('.photo-link')],
    ['leaving', path('home'), async page => {
      await page.evaluate(() => document.querySelector('#main').insertAdjacentHTML('afterbegin', '<p><a class="external" href="https://elsewhere.example/a-long-address-without-a-place-to-break-it">elsewhere</a></p>'));
      await page.click('a.external');
    }],
  ];
}

const violations = (page, strict) => page.evaluate(aaa => window.axe.run(document, {
  resultTypes: ['violations'],
  rules: aaa ? { 'color-contrast-enhanced': { enabled: true } } : {},
}).then(result => result.violations.map(one => {
  const nodes = one.nodes.slice(0, 3).map(node => `${node.html.slice(0, 140)} ${node.any.map(any => any.message).join('; ').slice(0, 160)}`);
  return `${one.id}: ${nodes.join(' | ')} (${one.nodes.length})`;
})), strict);

/** Nothing stands out of the page sideways: a phone, a phone with doubled text, elder mode, a narrow phone. */
export async function width({ base, browser, kinds, check }) {
  const cases = [
    [360, 'plain'], [360, 'doubled', 'html{font-size:225%!important}'], [360, 'elder', '', ELDER], [320, 'plain'], [768, 'plain'], [768, 'elder', '', ELDER], [1280, 'plain'], [1280, 'elder', '', ELDER],
  ];
  await Promise.all(cases.map(async ([wide, name, css, classes]) => {
    const context = await browser.newContext({ viewport: { width: wide, height: 740 } });
    if (classes) await remember(context, classes);
    const page = await context.newPage();
    for (const one of kinds) {
      if (one.kind === 'redirect') continue;
      await page.goto(base + one.path);
      if (css) await page.addStyleTag({ content: css });
      const wider = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return '';
        const inScroll = node => { for (let up = node.parentElement; up; up = up.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX) && up !== document.body) return true; return false; };
        const names = [...document.body.querySelectorAll('*')].filter(node => node.getBoundingClientRect().right > room + 1 && !inScroll(node)).slice(0, 4);
        return document.documentElement.scrollWidth + ': ' + names.map(node => node.tagName + '.' + node.className + ' ' + node.textContent.trim().slice(0, 12)).join(', ');
      });
      check(!wider, `${one.path} at ${wide} ${name}: ${wider}`);
    }
    await context.close();
  }));
}

/** Without scripts a page says the same, folds nothing away for good and has no dead button. */
export async function scriptsOff({ base, browser, kinds, check }) {
  const viewport = { width: 360, height: 740 };
  const on = await browser.newContext({ viewport });
  const off = await browser.newContext({ viewport, javaScriptEnabled: false });
  const [with_, without] = [await on.newPage(), await off.newPage()];
  // What scripts add and what they replace is left aside on both sides; so is what <noscript> says.
  const said = () => {
    const main = document.querySelector('#main').cloneNode(true);
    main.querySelectorAll('.filter, .share, noscript, script, .results').forEach(node => node.remove());
    return main.textContent.replace(/\s+/g, ' ').trim();
  };
  for (const one of kinds) {
    if (one.kind === 'redirect') continue;
    await with_.goto(base + one.path);
    await without.goto(base + one.path);
    check(await with_.evaluate(said) === await without.evaluate(said), `${one.path}: says something else without scripts`);
    const dead = await without.evaluate(() => [...document.querySelectorAll('button')].filter(b => b.offsetParent && b.type !== 'submit').map(b => b.textContent));
    check(!dead.length, `${one.path}: buttons that do nothing without scripts: ${dead}`);
  }
  // The folded menu and elder mode are there without scripts.
  await without.goto(base + 'index.html');
  const shown = () => without.evaluate(() => [...document.querySelectorAll('.site-nav li a')].filter(a => a.offsetParent).length);
  check(await shown() === 0, 'the menu is folded on a phone');
  await without.click('.menu summary');
  check(await shown() > 5, 'the menu unfolds without scripts');
  await without.click('.comfort-enter');
  check(await without.evaluate(() => getComputedStyle(document.documentElement).fontSize) === '24px', 'elder mode is one link away without scripts');
  await without.click('.comfort-exit');
  check(await without.evaluate(() => getComputedStyle(document.documentElement).fontSize) === '18px', 'and so is the way back');
  await on.close();
  await off.close();
}
