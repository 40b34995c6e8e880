// Proves a site's search on random parts of its own pages: node substrings.mjs FOLDER [COUNT] [SEED]
// Every page a part was cut from is found, and every page that is found says the part.
import { resolve } from 'node:path';
import { load } from './site.mjs';
import { open } from './page.mjs';

/** A text of a page without its character references. */
export const plain = text => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&#x2F;/g, '/').replace(/&nbsp;/g, ' ').replace(/&amp;/g, '&');

/** What a page says in its <main>, block by block; ways to other pages are not among it. */
export function blocksOf(html) {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html);
  if (!main) return [];
  return plain(main[1]
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style|template|noscript|nav)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<\/?(\w+)(?:"[^"]*"|'[^']*'|[^>"'])*>/g, (tag, name) => (/^(a|abbr|b|bdi|bdo|button|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rb|rp|rt|ruby|s|samp|small|span|strong|sub|sup|time|tspan|tt|u|var|wbr)$/i.test(name) ? '' : '\n\n')))
    .split('\n\n').map(block => block.replace(/[\u00ad\u200b\u2060\ufeff]/g, '').replace(/\s+/g, ' ').trim()).filter(Boolean);
}

export function dice(seed) {
  let state = seed >>> 0;
  return end => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 4294967296 * end);
  };
}

const percentile = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))];

export async function prove(folder, count, seed, check, only = () => true) {
  const site = load(folder);
  const said = new Map(site.pages.filter(page => page.kind && !['redirect', 'search', 'missing'].includes(page.kind)).map(page => [page.path, blocksOf(page.html)]));
  const pages = [...said.keys()].filter(path => !path.startsWith('en/') && only(path));
  const roll = dice(seed);
  const bytes = [];
  const lasting = open(folder);
  let found = 0;
  for (let n = 0; n < count; n++) {
    const path = pages[roll(pages.length)];
    const blocks = said.get(path).map(block => [...block]).filter(block => block.length >= 2);
    const block = blocks[roll(blocks.length)];
    const length = Math.min(block.length, 2 + roll(7));
    const start = roll(block.length - length + 1);
    const part = block.slice(start, start + length).join('').trim();
    if ([...part].length < 2) continue;
    // What a query loads is measured on a new page; all its hits are looked at on one that remembers.
    const fresh = open(folder);
    const first = await fresh.ask(part);
    bytes.push(fresh.loaded.bytes);
    await lasting.ask(part);
    const all = await lasting.more();
    const wanted = part.toLowerCase();
    check(all.hits.some(hit => hit.path === path), `“${part}” of ${path} is not found`);
    const wrong = all.hits.find(hit => !(said.get(hit.path) || []).some(text => text.toLowerCase().includes(wanted)));
    check(!wrong, `“${part}” finds ${wrong && wrong.path}`);
    check(all.hits.length === all.total, `“${part}”: ${all.total} said, ${all.hits.length} shown`);
    check(first.total === all.total, `“${part}”: ${first.total} said first, ${all.total} then`);
    found += all.total;
  }
  return { asked: bytes.length, found, median: percentile(bytes, 0.5), p99: percentile(bytes, 0.99), most: Math.max(...bytes) };
}

if (process.argv[1].endsWith('substrings.mjs')) {
  const [folder, count = '200', seed = '1'] = process.argv.slice(2);
  const wrong = [];
  const result = await prove(resolve(folder), Number(count), Number(seed), (holds, words) => { if (!holds) { wrong.push(words); if (wrong.length < 20) console.error('✗ ' + words); } });
  console.log(JSON.stringify({ ...result, wrong: wrong.length }));
  process.exit(wrong.length ? 1 : 0);
}
