// Everything a reader can do, done with the keyboard alone; over HTTP in a sub-directory and from the disk.
import { fileUrl } from './site.mjs';

const focused = page => page.evaluate(() => {
  const node = document.activeElement;
  return { tag: node.tagName, text: node.textContent.trim(), id: node.id, className: String(node.className), pressed: node.getAttribute('aria-pressed') };
});
/** Presses Tab until `matches` holds of the focused element; gives up after `limit`. */
async function tabTo(page, selector, limit = 120) {
  for (let i = 0; i < limit; i += 1) {
    if (await page.evaluate(query => document.activeElement.matches(query), selector)) return true;
    await page.keyboard.press('Tab');
  }
  return false;
}
const classes = page => page.evaluate(() => document.documentElement.className);
const status = (page, within) => page.textContent(`${within} [role=status]`);

export async function keyboard(world) {
  const { site, base, check } = world;
  await Promise.all([['http', path => base + path], ['file', path => fileUrl(site, path)]].map(async ([where, address]) => {
    const says = (holds, what) => check(holds, `keyboard, ${where}: ${what}`);
    for (const scenario of [skip, comfort, aloud, menu, filter, ...(where === 'http' ? [filterOfParts] : []), lightbox, leaving, share, focusShows]) {
      const context = await world.browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      page.on('pageerror', error => says(false, `${scenario.name}: ${error.message}`));
      page.setDefaultTimeout(5000);
      try {
        await scenario({ ...world, page, context, address, says });
      } catch (error) {
        says(false, `${scenario.name}: ${error.message.split('\n')[0]}`);
      }
      await context.close();
    }
  }));
}

async function skip({ page, address, kinds, says }) {
  await page.goto(address(kinds.find(one => one.kind === 'community').path));
  await page.keyboard.press('Tab');
  const first = await focused(page);
  says(first.className === 'skip', 'the skip link comes first');
  await page.keyboard.press('Enter');
  says((await focused(page)).id === 'main', 'the skip link leads to the text');
}

async function comfort({ page, address, kinds, says }) {
  await page.goto(address('index.html'));
  says(await tabTo(page, '[data-comfort=elder]'), 'elder mode is reached');
  await page.keyboard.press('Enter');
  says(/size-3/.test(await classes(page)) && /contrast/.test(await classes(page)), 'elder mode is on');
  says((await focused(page)).pressed === 'true', 'its button is pressed');
  says((await status(page, '.comfort')).length > 3, 'it is announced');
  says(await page.evaluate(() => getComputedStyle(document.body).fontSize) === '24px', 'elder text has 24 px');
  // Pages of the disk may stand in processes of their own; what one stores reaches the next in a moment.
  await page.waitForTimeout(500);
  await page.goto(address(kinds.find(one => one.kind === 'progress').path));
  says(/size-3/.test(await classes(page)), 'elder mode is remembered on the next page');
  await page.keyboard.press('Tab');
  says(await tabTo(page, '[data-comfort=elder]'), 'and can be reached there');
  await page.keyboard.press('Space');
  says(!/size-|contrast|simple/.test(await classes(page)), 'and switched off');
  says(await tabTo(page, '[data-comfort=undo]'), 'undo is offered');
  await page.keyboard.press('Enter');
  says(/size-3/.test(await classes(page)), 'undo brings it back');

  await page.focus('.comfort-open');
  await page.keyboard.press('Enter');
  says(await page.isVisible('#comfort'), 'the panel opens');
  says(await page.getAttribute('.comfort-open', 'aria-expanded') === 'true', 'and says so');
  says(await tabTo(page, '[data-size="1"]', 8), 'the sizes follow');
  await page.keyboard.press('Enter');
  says(/size-1/.test(await classes(page)) && !/size-3/.test(await classes(page)), 'a size is chosen');
  says(await tabTo(page, '[data-comfort=pointer]', 8), 'the pointer follows');
  await page.keyboard.press('Enter');
  says(/pointer\..*png/.test(await page.evaluate(() => getComputedStyle(document.body).cursor)), 'the pointer is large');
  says(await tabTo(page, '[data-comfort=reset]', 8), 'reset follows');
  await page.keyboard.press('Enter');
  says(!/size-|contrast|simple|pointer/.test(await classes(page)), 'reset clears everything');
  await page.reload();
  says(!/size-|contrast|simple|pointer/.test(await classes(page)), 'for good');
  await page.focus('.comfort-open');
  await page.keyboard.press('Enter');
  const small = await page.evaluate(() => [...document.querySelectorAll('.comfort button')].filter(b => b.offsetParent).map(b => b.getBoundingClientRect()).filter(r => r.height < 44 || r.width < 44).length);
  says(small === 0, 'every target has 44 px');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  says(!(await page.isVisible('#comfort')) && (await focused(page)).className.includes('comfort-open'), 'Escape folds the panel, focus stays with it');
  await page.goto('about:blank');
  await page.goto(address('index.html') + '#elder-mode');
  says(/size-3/.test(await classes(page)), 'a link to #elder-mode switches it on');
}

async function aloud({ page, context, address, kinds, says }) {
  await context.addInitScript(() => {
    const spoken = [];
    const local = { lang: 'zh-CN', localService: true, name: 'test' };
    let current = null;
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.defineProperty(window, 'speechSynthesis', { value: {
      getVoices: () => window.noVoice ? [{ lang: 'zh-CN', localService: false }] : [local],
      speak: words => { current = words; spoken.push(words.text); },
      cancel: () => { current = null; },
      addEventListener: () => {},
    } });
    window.spoken = spoken;
    window.finish = () => current && current.onend();
  });
  await page.goto(address(kinds.find(one => one.kind === 'article').path));
  await page.focus('.comfort-open');
  await page.keyboard.press('Enter');
  says(await tabTo(page, '[data-comfort=aloud]', 12), 'reading aloud is offered');
  await page.keyboard.press('Enter');
  says((await page.evaluate(() => window.spoken))[0] === await page.evaluate(() => document.querySelector('h1').innerText), 'reading begins with the title');
  await page.evaluate(() => window.finish());
  says((await page.evaluate(() => window.spoken)).length === 2, 'and goes on');
  says(await page.locator('.speaking').count() === 1, 'what is read is marked');
  await page.keyboard.press('Enter');
  says(await page.locator('.speaking').count() === 0 && (await focused(page)).pressed === 'false', 'and it stops');
  await context.addInitScript(() => { window.noVoice = true; });
  await page.reload();
  says(await page.isHidden('[data-comfort=aloud]'), 'a voice that is not on this machine is not used');
}

async function menu({ page, address, kinds, says }) {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(address(kinds.find(one => one.kind === 'progress').path));
  says(await page.isVisible('.menu-here'), 'the current column is seen on a phone');
  says(await page.isHidden('.site-nav li a'), 'the menu is folded on a phone');
  says(await tabTo(page, '.menu summary'), 'the menu is reached');
  await page.keyboard.press('Enter');
  says(await page.isVisible('.site-nav li a'), 'the menu opens');
  await page.keyboard.press('Tab');
  says(await page.evaluate(() => document.activeElement.matches('.site-nav li:first-child a')), 'its first entry comes next');
  await page.keyboard.press('Escape');
  says(await page.isHidden('.site-nav li a') && (await focused(page)).tag === 'SUMMARY', 'Escape folds it');
  await page.setViewportSize({ width: 1280, height: 740 });
  says(await page.isVisible('.site-nav li a') && await page.isHidden('.menu'), 'a wide screen shows the list and no fold');
}

async function filter({ page, address, says }) {
  await page.goto(address('brands/index.html'));
  const seen = () => page.locator('.cards .card:visible').count();
  const total = await seen();
  says(total > 7, 'the sample has enough brands to narrow');
  says(await page.isVisible('.filter') && await page.locator('.filter a').count() === 0, 'the links became the filter');
  says(await tabTo(page, '.filter .chip'), 'the first chip is reached');
  const expected = Number(await page.evaluate(() => document.activeElement.querySelector('.num').textContent));
  await page.keyboard.press('Enter');
  says(await seen() === expected && expected < total, 'a chip narrows the list to what it said');
  says((await status(page, '.filter')).includes(String(expected)), 'the result is announced');
  says(/\?town=[a-z0-9-]+$/.test(page.url()), 'the address keeps the choice');
  const shared = page.url();
  says(await tabTo(page, '.filter .chips:nth-of-type(2) .chip', 20), 'the next group is reached');
  await page.keyboard.press('Space');
  const both = await seen();
  says(both <= expected && /town=.*&category=/.test(page.url()), 'choices are combined');
  await page.goBack();
  says(await seen() === expected && page.url() === shared, 'back undoes the last choice');
  await page.goto('about:blank');
  await page.goto(shared);
  says(await seen() === expected, 'a shared address shows the same');
  await page.focus('.filter-clear');
  await page.keyboard.press('Enter');
  says(await seen() === total && !page.url().includes('?'), 'clear shows everything');
  says((await focused(page)).className === 'chip', 'and leaves the focus in the filter');
  await page.goto(address('brands/index.html') + '?town=nowhere&state=%3Cb%3E');
  says(await seen() === total, 'values no brand has are ignored');
}

/** A list that is cut in parts is narrowed as a whole, with data that comes when it is wanted. */
async function filterOfParts({ page, context, address, says }) {
  const names = [[['yaodu', '尧渡镇'], ['dongliu', '东流镇']], [['service', '便民服务']], [['county', '县级']], [['done', '已完成'], ['doing', '进行中']]];
  const rows = Array.from({ length: 150 }, (_, n) => [`品牌${n}`, `社区${n}`, `c${n}`, n % 2, 0, n % 3 ? -1 : 0, n % 2]);
  let asked = 0;
  await context.route('**/brands/list.js', route => {
    asked += 1;
    return route.fulfill({ contentType: 'text/javascript', body: `yipin.cards(${JSON.stringify({ url: ['communities/', '/index.html'], names, rows })});` });
  });
  await context.route('**/brands/index.html*', async route => {
    const plain = await route.fetch();
    const cut = (await plain.text()).replace('class="filter"', 'class="filter" data-root="../" data-cards="../brands/list.js" data-more="more"');
    return route.fulfill({ response: plain, body: cut });
  });
  await page.goto(address('brands/index.html'));
  says(asked === 0, 'the data of all communities is not asked for without need');
  await page.focus('.filter [data-value=dongliu]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.found li');
  says(asked === 1 && await page.locator('.found li').count() === 60, 'the first of what was found are shown');
  says(await page.locator('.cards:visible').count() === 0, 'in place of the part of the list');
  says((await status(page, '.filter')).includes('75'), 'all of them are counted');
  says(await page.locator('.found a').first().getAttribute('href') === '../communities/c1/index.html', 'each leads to its community');
  await page.focus('.found button');
  await page.keyboard.press('Enter');
  says(await page.locator('.found li').count() === 75 && await page.isHidden('.found button'), 'and more on request');
  says((await focused(page)).text === '品牌121', 'the focus goes on with the first of them');
  const shared = page.url();
  await page.goto('about:blank');
  await page.goto(shared);
  await page.waitForSelector('.found li');
  says((await status(page, '.filter')).includes('75'), 'a shared address shows the same');
  await page.focus('.filter-clear');
  await page.keyboard.press('Enter');
  says(await page.locator('.cards:visible').count() === 1 && await page.locator('.found').count() === 0, 'clear brings the list back');
}

async function lightbox({ page, site, address, says }) {
  const many = site.pages.find(one => /<\/figure>\s*<figure class="photo">/.test(one.html));
  await page.goto(address(many.path));
  const gallery = page.locator('.photos', { has: page.locator('.photo + .photo') }).first();
  await gallery.locator('.photo-link').first().focus();
  await page.keyboard.press('Enter');
  says(await page.isVisible('[role=dialog]'), 'a photo opens');
  const shown = () => page.textContent('.lightbox .num');
  const first = await shown();
  says((await page.textContent('.lightbox-caption')).length > 3, 'with its caption');
  await page.keyboard.press('ArrowRight');
  const second = await shown();
  says(second !== first, 'the right arrow shows the next');
  await page.keyboard.press('ArrowLeft');
  says(await shown() === first, 'the left arrow the one before');
  says(first.includes(String(await gallery.locator('.photo').count())), 'the photos of one gallery are counted');
  await page.click('.lightbox-caption');
  await page.keyboard.press('ArrowRight');
  says(await shown() === second, 'a click on the caption does not end that');
  await page.keyboard.press('/');
  says(await page.evaluate(() => document.activeElement.closest('[role=dialog]') !== null), 'no shortcut leads out of an open box');
  await trapped(page, says, 'lightbox');
  await page.keyboard.press('Escape');
  says(await page.locator('[role=dialog]').count() === 0 && (await focused(page)).className === 'photo-link', 'Escape closes it, focus returns');
}

async function leaving({ page, context, address, says }) {
  await page.goto(address('index.html'));
  await page.evaluate(() => {
    document.querySelector('#main').insertAdjacentHTML('afterbegin', '<p><a class="external" rel="noopener noreferrer" target="_blank" href="https://elsewhere.example/">elsewhere</a></p>');
  });
  says((await page.evaluate(() => getComputedStyle(document.querySelector('a.external'), '::after').content)).includes('外部链接'), 'an external link is marked');
  await page.focus('a.external');
  await page.keyboard.press('Enter');
  const box = page.locator('[role=dialog]');
  says((await box.textContent()).includes('即将离开“'), 'leaving is asked about');
  says(await box.locator('a').getAttribute('target') === '_blank' && await box.locator('a').getAttribute('href') === 'https://elsewhere.example/', 'the way on is the link itself');
  await trapped(page, says, 'leaving');
  await page.keyboard.press('Escape');
  says(await box.count() === 0 && (await focused(page)).className === 'external', 'Escape stays, focus returns');
  await page.keyboard.press('Enter');
  says((await focused(page)).tag === 'BUTTON', 'the safe answer has the focus');
  await page.keyboard.press('Enter');
  says(await box.count() === 0, 'and it stays');
  await context.route('https://elsewhere.example/**', route => route.fulfill({ body: 'elsewhere' }));
  await page.focus('a.external');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  const [opened] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
  says(opened.url().includes('elsewhere.example') || opened.url() === 'about:blank', 'going on opens the new window that was asked for');
  says(await box.count() === 0, 'and closes the notice');
}

async function share({ page, context, address, base, kinds, says }) {
  if (address('').startsWith('http')) await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(base).origin });
  await page.goto(address(kinds.find(one => one.kind === 'community').path));
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.focus('.share button');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.share-said').textContent);
  says((await page.textContent('.share-said')).length > 3, 'copying is answered');
  await page.focus('.share button:nth-of-type(2)');
  await page.keyboard.press('Enter');
  says(await page.evaluate(() => window.printed), 'print prints');
}

/** Every stop of the Tab key is seen: it has an outline and stands in the window. */
async function focusShows({ page, address, kinds, says }) {
  for (const kind of ['home', 'brands', 'community', 'ledger']) {
    await page.goto(address(kinds.find(one => one.kind === kind).path));
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      const bad = await page.evaluate(() => {
        const node = document.activeElement;
        if (node === document.body) return '';
        const style = getComputedStyle(node);
        const at = node.getBoundingClientRect();
        const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        return outlined && at.width > 0 && at.bottom > 0 && at.top < innerHeight ? '' : node.outerHTML.slice(0, 100);
      });
      says(!bad, `focus is not seen on ${kind}: ${bad}`);
    }
  }
}

async function trapped(page, says, name) {
  for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
    await page.keyboard.press(key);
    if (!await page.evaluate(() => document.querySelector('[role=dialog]').contains(document.activeElement))) return says(false, `${name}: focus leaves the box`);
  }
  return says(true, name);
}
