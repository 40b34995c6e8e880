/* Searches the site in files beside it, which the program's `search` module describes. */
(function () {
'use strict';
const input = document.getElementById('q');
const [list, status, filters, more, near, towns] = ['results', 'status', 'filters', 'more', 'suggestions', 'towns'].map(id => document.getElementById('search-' + id));
if (!list || !input) return;
const words = list.parentNode.dataset;
const kinds = words.kinds.split('|');
const make = (tag, name, ...inside) => {
  const node = document.createElement(tag);
  node.className = name;
  node.append(...inside);
  return node;
};
/* What the hits at hand are hits of. */
let query = '';
const say = (text, n) => text.replace('{n}', n).replace('{q}', () => query);
const busy = is => list.setAttribute('aria-busy', is);
const tell = (text, is = false) => {
  status.textContent = text;
  busy(is);
};
const clear = (...nodes) => nodes.forEach(node => { node.textContent = ''; });

/* Files: each calls yipinSearch with its name and its text. */
const DEPTH = 8;
let [got, asked, groups, site, version, looked] = [{}, {}, {}];
window.yipinSearch = (name, text) => { got[name] = text; };
const load = (name, address) => asked[name] || (asked[name] = new Promise((done, fail) => {
  const script = make('script', '');
  script.src = address || words.data + name + '.js?' + version;
  script.onload = () => done(got[name]);
  script.onerror = () => fail(delete asked[name]);
  document.head.appendChild(script);
}));
const reader = (text, at) => {
  const num = () => {
    const code = text.charCodeAt(at++);
    const value = code - (code > 92 ? 36 : 35);
    return value < 46 ? value : value + 45 * num();
  };
  return { num, take: n => text.slice(at, at += n), more: () => at < text.length, at: () => at };
};
const FACTS = ['kind', 'town', 'category', 'year'];
/* Which stretches are spread, and the facts of each page in columns. The first file is looked at again each minute: the site may have been published anew. */
const open = async () => {
  const now = Math.floor(Date.now() / 6e4);
  if (site && now === looked) return site;
  delete asked.index;
  const text = await load('index', words.data + 'index.js?' + now).catch(e => {
    if (!site) throw e;
    return site.version + ' ';
  });
  looked = now;
  version = text.slice(0, text.indexOf(' '));
  if (site && site.version === version) return site;
  [got, asked, groups, site] = [{}, {}, {}];
  let r = reader(text, version.length + 1);
  const all = { version, pages: r.num(), together: r.num(), spread: new Map(), names: { kind: kinds, year: [] } };
  for (let key = '', n; r.more(); all.spread.set(key, r.num())) key = key.slice(0, (n = r.num()) >> 3) + r.take(n & 7);
  const facets = await load('facets');
  const lines = facets.split('\n', 2);
  r = reader(facets, lines.join().length + 1);
  ['town', 'category'].forEach((fact, at) => { all.names[fact] = [''].concat(lines[at].split('\t')); });
  FACTS.forEach(fact => {
    all[fact] = [];
    const first = fact === 'year' && r.num() - 1;
    while (all[fact].length < all.pages) {
      const code = r.num();
      const value = code > 1 ? first + (code >> 1) : 0;
      for (let n = code & 1 && r.num() + 1; n >= 0; n--) all[fact].push(value);
    }
  });
  return site = all;
};
const inWords = (fact, value) => String(site.names[fact][value] || value);

/* Texts; folded, one unit stays one unit. */
let simple;
const lower = c => {
  if (c === '\u3000') return ' ';
  if (c > '\uff00') c = String.fromCharCode(c.charCodeAt(0) - 0xfee0);
  return c.toLowerCase().length === 1 ? c.toLowerCase() : c;
};
const fold = text => {
  const folded = text.replace(/[A-Z\u00c0-\u058f\u10a0-\u1fff\u3000\uff01-\uff5e]/g, lower);
  return simple ? folded.replace(/[\u3400-\u9fff]/g, c => simple.get(c) || c) : folded;
};
const clean = text => fold(text.replace(/[\0-\x08\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufe0e\ufe0f\ufeff]/g, '').replace(/\s+/g, ' ').trim());
const simplify = () => load('fold').then(text => { simple = new Map(text.match(/../g).map(pair => [pair[0], pair[1]])); });
const expand = text => {
  let out = '';
  for (let at = 0, mark; at < text.length;) {
    mark = text.indexOf('\x01', at);
    if (mark < 0) return out + text.slice(at);
    out += text.slice(at, mark);
    const r = reader(text, mark + 1);
    const n = r.num() + 3;
    const from = out.length - r.num();
    out += out.slice(from, from + n);
    at = r.at();
  }
  return out;
};
const page = async at => {
  const group = Math.floor(at / site.together);
  groups[group] = groups[group] || load('t' + group).then(text => expand(text).split('\x03').map(one => {
    const [title, url, names = '', read = '', body = ''] = one.split('\x02');
    return { title, url, names: names.split('\n'), read: read.split('\n'), body: body.slice(1), said: title + '\n' + names + body };
  })).catch(e => {
    delete groups[group];
    throw e;
  });
  return (await groups[group])[at % site.together];
};

/* Which pages say up to eight units, each with its rank; `loose`: look into their texts. */
const hex = text => text.split('').map(c => ('000' + c.charCodeAt(0).toString(16)).slice(-4)).join('');
const pages = (r, found) => {
  for (let n = r.num(), at = 0; n > 0; n--, at++) {
    const code = r.num();
    at += code >> 2;
    if (found) found.set(at, Math.max(code & 3, found.get(at) || 0));
  }
};
const lookup = async text => {
  const { spread } = site;
  const found = new Map();
  let start = text;
  while (!spread.has(start)) start = start.slice(0, -1);
  const rest = text.slice(start.length);
  const bucket = (Math.imul(rest.charCodeAt(0), 40503) >>> 8) & ((1 << spread.get(start)) - 1);
  const r = reader(await load('s' + hex(start) + (rest && '-' + bucket.toString(16))), 0);
  if (!rest) pages(r, found);
  let [key, loose] = ['', false];
  while (r.more()) {
    const head = r.num();
    key = key.slice(0, head >> 1) + r.take(r.num());
    const inside = head & 1 && rest !== key && rest.startsWith(key);
    if (inside) loose = true;
    pages(r, inside || key.startsWith(rest) ? found : null);
  }
  return { found, loose };
};
/* All hits of a query, best first. */
let tools;
const help = async () => {
  if (!tools) await load('tools', words.tools);
  return tools = tools || window.yipinSearchTools({ FACTS, DEPTH, list, input, filters, words, make, load, lookup, fold, page, inWords, draw });
};
const search = async text => {
  const hits = new Map();
  const add = (at, rank, check, other) => hits.has(at) || hits.set(at, Object.assign({ at, rank, check, parts: [text] }, other));
  const { found, loose } = await (text.length > DEPTH ? (await help()).find(text) : lookup(text));
  /* Those the query is the name of; in few cases only their pages tell. */
  const { found: whole, loose: doubt } = await lookup(('\ufdd0' + text + '\ufdd1').slice(0, DEPTH));
  const named = one => one.names.concat(one.title).some(name => fold(name).startsWith(text) && /^((社区)?居委会|村委会|社区)?$/.test(name.slice(text.length)));
  if (doubt) for (const at of whole.keys()) if (!found.has(at) || !named(await page(at))) whole.delete(at);
  const says = part => one => fold(one.said).includes(part);
  found.forEach((rank, at) => add(at, rank + (whole.has(at) ? 4 : 0), loose && says(text)));
  /* Few of them are looked into at once: what none of them says may be said in another way. */
  const settle = async () => {
    if (hits.size > 24) return;
    const held = await keep([...hits.values()]);
    hits.clear();
    held.forEach(hit => hits.set(hit.at, hit));
  };
  await settle();
  if (!hits.size || /^[a-zü\d '’]+$/.test(text)) {
    await (await help()).further(text, hits.size, add, says);
    await settle();
  }
  const order = [...hits.values()];
  const best = {};
  order.forEach(hit => { best[site.kind[hit.at]] |= hit.rank >= 4; });
  const kind = hit => site.kind[hit.at] - (best[site.kind[hit.at]] ? 99 : 0);
  return order.sort((a, b) => kind(a) - kind(b) || b.rank - a.rank || a.at - b.at);
};
/* The hits whose pages hold. */
const keep = async hits => {
  const hold = await Promise.all(hits.map(async hit => !hit.check || hit.check(await page(hit.at))));
  return hits.filter((_, at) => hold[at]);
};

/* What is shown. `turn` counts queries, `settled` is the one the hits are of, `drawn` counts lists, `drawing` says that one is on its way. */
let [turn, settled, drawn, drawing, hits, queue, total, step, chosen] = [0, 0, 0, false, [], [], 0, 10, {}];
const marked = (text, parts) => {
  const folded = fold(text);
  const out = [];
  for (let at = 0; at < text.length;) {
    const [start, part] = parts.map(one => [folded.indexOf(one, at), one]).filter(one => one[0] >= 0).sort((a, b) => a[0] - b[0])[0] || [text.length, ''];
    out.push(text.slice(at, start));
    if (part) out.push(make('mark', '', text.slice(start, start + part.length)));
    at = start + part.length;
  }
  return out;
};
/* A piece of the page around the query, from a longer line if it stands in one. */
const piece = (body, text) => {
  const folded = fold(body);
  let at = folded.indexOf(text);
  for (let n = 0, to = at; to >= 0 && n < 20; to = folded.indexOf(text, to + 1), n++) {
    if (/^[^\n]{9}/.test(folded.slice(to + text.length))) [at, n] = [to, 20];
  }
  const from = at < 0 ? Math.max(0, body.search(/[^\n]{24}/)) : at;
  let start = Math.max(body.lastIndexOf('\n', from) + 1, from - 30);
  if (/[\udc00-\udfff]/.test(body[start])) start--;
  const cut = body.slice(start, start + 110).replace(/[\ud800-\udbff]$/, '').replace(/\n/g, ' · ');
  return [at >= 0, (start && body[start - 1] !== '\n' ? '…' : '') + cut + (start + 110 < body.length ? '…' : '')];
};
const link = (one, ...text) => {
  const node = make('a', '', ...text);
  node.href = words.root + one.url;
  return node;
};
const entry = async hit => {
  const one = await page(hit.at);
  let [found, text] = piece(one.body, hit.parts[0]);
  if (!found && !hit.read && !simple) {
    await simplify();
    text = piece(one.body, hit.parts[0])[1];
  }
  const facts = FACTS.slice(1).map(fact => site[fact][hit.at] && inWords(fact, site[fact][hit.at])).filter(Boolean);
  return make('li', 'hit', make('h3', 'hit-title', link(one, ...marked(one.title, hit.parts))), make('p', 'hit-text', ...marked(text, hit.parts)), make('p', 'hit-meta', facts.join(' · ')));
};
const meets = (hit, but) => Object.keys(chosen).every(fact => fact === but || site[fact][hit.at] === chosen[fact]);
const blank = () => {
  clear(list);
  more.hidden = true;
  delete list.dataset.total;
};
/* Shows the hits from the first on, or the next ones. */
const draw = async anew => {
  if (settled !== turn || (!anew && drawing)) return;
  const [mine, pass] = [turn, anew ? ++drawn : drawn];
  busy(drawing = true);
  try {
    let [rest, left, much] = anew ? [hits.filter(hit => meets(hit)), 0, shown || 10] : [queue, total, step];
    if (anew) left = rest.length;
    let kept = [];
    while (!kept.length && rest.length) {
      const next = rest.slice(0, much);
      rest = rest.slice(much);
      kept = await keep(next);
      left -= next.length - kept.length;
    }
    const nodes = await Promise.all(kept.map(entry));
    if (mine !== turn || pass !== drawn) return;
    drawing = false;
    [queue, total, step, shown] = [rest, left, much * 2];
    if (anew) clear(list);
    kept.forEach((hit, at) => {
      const kind = site.kind[hit.at];
      let group = list.lastElementChild;
      if (!group || group.kind !== kind) {
        group = make('section', 'hits', make('h2', '', kinds[kind]), make('ol', ''));
        group.kind = kind;
        list.append(group);
      }
      group.lastElementChild.append(nodes[at]);
    });
    list.dataset.total = total;
    more.hidden = !queue.length;
    more.textContent = say(words.more, queue.length);
    tell(say(total ? words.found : words.none, total));
    if (!anew && nodes[0]) nodes[0].querySelector('a').focus();
    if (anew) (await help()).narrow(site, hits, chosen, meets);
    remember();
  } catch (e) {
    if (mine !== turn || pass !== drawn) return;
    drawing = false;
    if (anew) blank();
    tell(words.failed);
  }
};
/* The address says what is searched and what it is narrowed to; the entry of the history, how much was shown. */
const given = new URLSearchParams(location.search);
let shown = (history.state || {}).shown;
const remember = () => {
  const all = new URLSearchParams(query && { q: query });
  for (const fact in chosen) all.set(fact, inWords(fact, chosen[fact]));
  try { history.replaceState({ shown: list.querySelectorAll('li').length }, '', location.pathname + (query && '?' + all)); } catch (e) { /* The search goes on. */ }
};
const empty = text => {
  [settled, hits, chosen, query] = [turn, [], {}, input.value.trim()];
  clear(filters, near);
  near.hidden = true;
  blank();
  remember();
  tell(text);
};
const run = async () => {
  const mine = ++turn;
  const raw = input.value.trim();
  let text = clean(raw);
  if (towns) towns.hidden = !!text;
  if (!text) return empty('');
  tell(words.busy, true);
  try {
    await open();
    let found = await search(text);
    if (!found.length && !simple) {
      await simplify();
      if (clean(raw) !== text) found = await search(text = clean(raw));
    }
    const offers = found.length ? [] : await (await help()).nearNames(text);
    if (mine !== turn) return;
    [hits, chosen, query, settled] = [found, {}, raw, mine];
    if (raw === given.get('q')) {
      FACTS.forEach(fact => {
        const at = site[fact].findIndex(value => inWords(fact, value) === given.get(fact));
        if (at >= 0) chosen[fact] = site[fact][at];
        /* Who takes it back and asks again does not get it again. */
        given.delete(fact);
      });
    }
    clear(near);
    near.hidden = !offers.length;
    near.append(make('h2', '', words.near), make('ul', '', ...offers.map(([one, name]) => make('li', '', link(one, name, one.title === name ? '' : ' — ' + one.title)))));
    await draw(true);
  } catch (e) {
    if (mine === turn) empty(words.failed);
  }
};

/* Hands: while typing, but not while an input method composes. */
let [wait, composing] = [0, false];
const soon = now => {
  clearTimeout(wait);
  busy(!composing || turn !== settled);
  if (composing) return;
  wait = setTimeout(run, now ? 0 : 180);
};
input.addEventListener('compositionstart', () => { composing = true; });
input.addEventListener('compositionend', () => soon(composing = false));
input.addEventListener('input', () => soon());
input.form.addEventListener('submit', event => {
  event.preventDefault();
  soon(true);
});
more.addEventListener('click', () => draw(false));
/* What was typed before this came stays. */
input.value = input.value || given.get('q') || '';
if (input.value) soon(true);
})();
