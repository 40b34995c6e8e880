// Searching in a real browser: over HTTP in a sub-directory and from the disk, by hand and by address, with nothing loaded before.
import { fileUrl } from './site.mjs';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plain, prove } from './substrings.mjs';

const settled = page => page.waitForFunction(() => document.querySelector('#search-results').getAttribute('aria-busy') === 'false' && document.querySelector('#search-results').dataset.total);
const shown = page => page.evaluate(() => ({
  total: Number(document.querySelector('#search-results').dataset.total),
  hits: [...document.querySelectorAll('#search-results a')].map(a => a.getAttribute('href').replace('../', '')),
  offers: [...document.querySelectorAll('#search-suggestions a')].map(a => a.getAttribute('href').replace('../', '')),
  marks: [...document.querySelectorAll('#search-results mark')].map(mark => mark.textContent),
  status: document.querySelector('#search-status').textContent,
}));

async function ask(page, text) {
  await page.fill('#q', text);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(20);
  await settled(page);
  return shown(page);
}

/** A community of the site: its address and its title `name：brand`. */
function community(site) {
  const page = site.pages.find(one => one.kind === 'community' && !one.path.startsWith('en/'));
  const title = plain(/<title>([^<_]*)/.exec(page.html)[1]);
  const [name, brand] = title.split('：');
  return { path: page.path, name, brand };
}

async function byHand({ site, browser, check }, address, where) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const problems = [];
  const asked = [];
  page.on('pageerror', error => problems.push(String(error)));
  // A picture that was still on its way when the page was left is not missing.
  page.on('requestfailed', request => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push('not loaded: ' + request.url());
  });
  page.on('request', request => asked.push(request.url()));
  await page.goto(address('index.html'));
  check(!asked.some(url => /search/.test(url)), `${where}: the home page loads what only searching needs`);
  await page.goto(address('search/index.html'));
  check(!asked.some(url => /search\/data/.test(url)), `${where}: the index is loaded before there is a query`);
  const one = community(site);
  for (const text of [one.name, one.brand]) {
    const found = await ask(page, text);
    check(found.hits[0] === one.path, `${where}: ${text} is not first`);
    check(found.marks.includes(text), `${where}: ${text} is not marked`);
    check(found.total >= found.hits.length, `${where}: ${found.total} said, ${found.hits.length} shown`);
  }
  const none = await ask(page, '没有这样的东西㐂');
  check(none.total === 0 && none.hits.length === 0 && none.status.includes('没有'), `${where}: nothing is said to be found`);
  const wrong = await ask(page, one.name.slice(0, 1) + '㐂' + one.name.slice(2));
  check(wrong.offers.includes(one.path), `${where}: ${one.name} is not offered for a slip`);
  const hostile = await ask(page, '"><script>alert(1)</script>');
  check(hostile.total === 0, `${where}: markup is text`);
  // By address, and back to the box with keys.
  await page.goto(address('search/index.html') + '?q=' + encodeURIComponent(one.name));
  await settled(page);
  check((await shown(page)).hits[0] === one.path, `${where}: an address with a query does not search`);
  await page.focus('#q');
  await page.keyboard.press('ArrowDown');
  check(await page.evaluate(() => document.activeElement.closest('.hit') !== null), `${where}: the arrow does not lead to the first hit`);
  await page.keyboard.press('Escape');
  check(await page.evaluate(() => document.activeElement.id) === 'q', `${where}: Escape does not lead back`);
  // While an input method composes nothing is searched; afterwards it is.
  const before = (await shown(page)).status;
  await page.evaluate(text => {
    const box = document.querySelector('#q');
    box.value = '';
    box.dispatchEvent(new CompositionEvent('compositionstart'));
    box.value = text;
    box.dispatchEvent(new InputEvent('input'));
  }, one.brand);
  await page.waitForTimeout(400);
  check((await shown(page)).status === before, `${where}: half-typed text is searched`);
  await page.evaluate(() => document.querySelector('#q').dispatchEvent(new CompositionEvent('compositionend')));
  await page.waitForTimeout(250);
  await settled(page);
  check((await shown(page)).hits[0] === one.path, `${where}: composed text is not searched`);
  check(!problems.length, `${where}: ${problems.join('; ')}`);
  await context.close();
}

/** Narrowing keeps what it says it keeps, and further hits come when asked for. */
async function narrowing({ base, browser, check }) {
  const page = await browser.newPage();
  await page.goto(base + 'search/index.html?q=' + encodeURIComponent('社区'));
  await settled(page);
  const all = await shown(page);
  await page.waitForSelector('#filter-kind');
  const said = await page.evaluate(() => Number(/\((\d+)\)/.exec(document.querySelector('#filter-kind').options[1].textContent)[1]));
  await page.selectOption('#filter-kind', { index: 1 });
  await page.waitForFunction(n => Number(document.querySelector('#search-results').dataset.total) === n, said);
  check(said < all.total && said > 0, `narrowing leaves ${said} of ${all.total}`);
  while (await page.isVisible('#search-more')) {
    const before = (await shown(page)).hits.length;
    await page.click('#search-more');
    await page.waitForFunction(n => document.querySelectorAll('#search-results a').length > n, before);
  }
  const found = await shown(page);
  check(found.hits.length === found.total, `${found.total} said, ${found.hits.length} shown in the end`);
  await page.close();
}

/** What does not arrive is said, and asking again helps; the last query wins; the address brings back what was shown. */
async function mishaps({ base, browser, check }) {
  const page = await browser.newPage();
  let broken = /data\/t\d/;
  let delay = 0;
  await page.route(/search\/data/, async route => {
    await new Promise(done => setTimeout(done, delay));
    return broken && broken.test(route.request().url()) ? route.abort() : route.continue();
  });
  const still = () => page.waitForFunction(() => document.querySelector('#search-results').getAttribute('aria-busy') === 'false');
  const press = async text => {
    await page.fill('#q', text);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(20);
    await still();
    return shown(page);
  };
  await page.goto(base + 'search/index.html');
  const failed = await press('社区');
  check(failed.hits.length === 0 && failed.status.includes('没有取到'), 'a text that does not arrive is not said');
  broken = null;
  const all = await press('社区');
  check(all.hits.length === 10 && all.total > 30, 'asking again does not help');
  broken = /data\/t\d/;
  await page.click('#search-more');
  await page.waitForFunction(() => document.querySelector('#search-status').textContent.includes('没有取到'));
  broken = null;
  await page.click('#search-more');
  await page.waitForFunction(() => document.querySelectorAll('#search-results a').length === 30);
  check(new Set((await shown(page)).hits).size === 30, 'hits are lost when some do not arrive');
  await page.selectOption('#filter-kind', { index: 2 });
  await page.waitForFunction(() => location.search.includes('kind='));
  const narrowed = await shown(page);
  await page.goto(page.url());
  await settled(page);
  check((await shown(page)).total === narrowed.total && narrowed.total < all.total, 'the address does not say what hits are narrowed to');
  delay = 400;
  await page.fill('#q', '秋浦');
  await page.waitForTimeout(250);
  await page.selectOption('#filter-kind', { index: 0 });
  await page.waitForFunction(() => document.querySelector('#search-status').textContent.includes('“秋浦”'));
  await still();
  check((await shown(page)).marks.includes('秋浦'), 'a filter drops the query that is on its way');
  delay = 0;
  for (const text of ['qiupushequ', 'qiu pu', 'yaoduzhen']) check((await press(text)).total > 0, `${text} finds nothing`);
  check((await press('https')).total === 0, 'what only paper shows is searched');
  await page.close();
}

export async function search(world) {
  const { site, base, check } = world;
  const [script] = readdirSync(join(site.root, 'assets')).filter(name => /^search\.\w*\.?js$/.test(name));
  check(script && readFileSync(join(site.root, 'assets', script)).length <= 12288, 'the search script is larger than 12 KB');
  await byHand(world, path => base + path, 'over HTTP');
  await byHand(world, path => fileUrl(site, path), 'from the disk');
  await narrowing(world);
  await mishaps(world);
  const result = await prove(site.root, 150, 1, check);
  check(result.asked > 120, 'too few parts were asked for');
}
