// Proves a site's search on its own names: node names.mjs FOLDER [EXACT] [WRONG] [SEED]
// Exact names come first; every community and brand is found by its pinyin, in full and by initials; one homophone wrong is forgiven.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import vm from 'node:vm';
import { load } from './site.mjs';
import { open } from './page.mjs';
import { dice, plain } from './substrings.mjs';

/** The readings of characters, from the index itself: `a啊阿 ai哀挨 …`. */
function readings(folder) {
  const table = new Map();
  const yipinSearch = (name, text) => text.split(' ').forEach(line => {
    const said = /^[a-z]+/.exec(line)[0];
    for (const c of line.slice(said.length)) table.set(c, [...(table.get(c) || []), said]);
  });
  vm.runInNewContext(readFileSync(join(folder, 'search/data/pinyin.js'), 'utf8'), { yipinSearch });
  return table;
}

/** The names of a site: those of communities and brands with the pages they stand for. */
function names(site) {
  const pages = site.pages.filter(page => page.kind === 'community' && !page.path.startsWith('en/'));
  return pages.map(page => {
    const [name, ...brand] = plain(/<title>([^<_]*)/.exec(page.html)[1]).trim().split('：');
    return { path: page.path, name, brand: brand.join('：') };
  });
}

/** The most usual reading of each character in these names: the first the index has for it. */
function usual(folder, names) {
  const said = new Map();
  const number = (text, at) => {
    const code = text.charCodeAt(at.at++);
    const value = code - (code > 92 ? 36 : 35);
    return value < 46 ? value : value + 45 * number(text, at);
  };
  const expand = text => {
    let out = '';
    for (const at = { at: 0 }; at.at < text.length;) {
      if (text[at.at] !== '\x01') { out += text[at.at++]; continue; }
      at.at++;
      const len = number(text, at) + 3;
      const from = out.length - number(text, at);
      out += out.slice(from, from + len);
    }
    return out;
  };
  const yipinSearch = (_, text) => expand(text).split('\x03').forEach(page => {
    const [, , whose = '', read = ''] = page.split('\x02');
    whose.split('\n').forEach((name, at) => {
      const chars = [...name].filter(c => /[\p{Script=Han}a-z\d]/iu.test(c));
      const syllables = (read.split('\n')[at] || '').split(' ');
      if (chars.length === syllables.length) chars.forEach((c, n) => said.set(c, syllables[n].split('/')[0]));
    });
  });
  const data = join(folder, 'search/data');
  for (const file of readdirSync(data)) if (/^t\d/.test(file)) vm.runInNewContext(readFileSync(join(data, file), 'utf8'), { yipinSearch });
  return names.map(name => [...name].map(c => said.get(c) || '').filter(Boolean));
}

const shuffled = (all, roll) => all.map(one => [roll(1 << 30), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);

export async function proveNames(folder, { exact = 500, wrong = 200, seed = 1, check }) {
  const site = load(folder);
  const all = names(site);
  const table = readings(folder);
  const roll = dice(seed);
  const page = open(folder);
  const result = { communities: all.length, exact: 0, first: 0, spoken: 0, heard: 0, wrong: 0, offered: 0 };
  // A brand's name may be that of several communities: any of them may come first.
  const whose = new Map();
  for (const { path, name, brand } of all) for (const one of [name, brand]) whose.set(one, [...(whose.get(one) || []), path]);
  const every = [...whose.keys()].filter(Boolean);
  for (const name of shuffled(every, roll).slice(0, exact)) {
    const { hits } = await page.ask(name);
    const is = hits.length > 0 && whose.get(name).includes(hits[0].path);
    check(is, `“${name}” is not first`);
    result.exact++;
    result.first += is;
  }
  const read = usual(folder, every);
  for (const [n, name] of every.entries()) {
    const ways = [read[n].join(''), read[n].map(one => one[0]).join('')];
    for (const letters of ways.filter(way => way.length > 1)) {
      await page.ask(letters);
      const wanted = whose.get(name);
      const { hits } = await page.more(links => links.some(link => wanted.includes(link.path)));
      const is = hits.some(hit => wanted.includes(hit.path));
      check(is, `“${letters}” does not find ${name}`);
      result.spoken++;
      result.heard += is;
    }
  }
  const sounds = new Map();
  for (const [c, all] of table) for (const one of all) sounds.set(one, [...(sounds.get(one) || []), c]);
  for (const { path, name } of shuffled(all, roll).slice(0, wrong)) {
    const chars = [...name];
    const at = roll(chars.length - (name.endsWith('社区') ? 2 : 0));
    const others = ((table.get(chars[at]) || []).flatMap(one => sounds.get(one))).filter(c => c !== chars[at]);
    if (!others.length) continue;
    chars[at] = others[roll(others.length)];
    const typed = chars.join('');
    const { hits, offers } = await page.ask(typed);
    result.wrong++;
    result.offered += [...hits, ...offers].some(link => link.path === path);
  }
  check(result.offered >= result.wrong * 0.95, `${result.offered} of ${result.wrong} names with a slip are offered`);
  return result;
}

if (process.argv[1].endsWith('names.mjs')) {
  const [folder, exact = '500', wrong = '200', seed = '1'] = process.argv.slice(2);
  let bad = 0;
  const check = (holds, words) => { if (!holds && bad++ < 20) console.error('✗ ' + words); };
  console.log(JSON.stringify({ ...(await proveNames(resolve(folder), { exact: Number(exact), wrong: Number(wrong), seed: Number(seed), check })), bad }));
  process.exit(bad ? 1 : 0);
}
