/* Searches the site in files beside it, over HTTP and from the disk; nothing is loaded before there is a query. What the files
   hold is said in the program's `search` module. Names by pinyin and with a slip in them are found by search-names.js. */
(function () {
'use strict';
const $ = id => document.getElementById(id);
const [list, input, status, filters, more, near, towns] = ['results', 'q', 'status', 'filters', 'more', 'suggestions', 'towns'].map(id => $(id === 'q' ? id : 'search-' + id));
if (!list || !input) return;
const words = list.parentNode.dataset;
const kinds = words.kinds.split('|');
const make = (tag, name, ...inside) => {
  const node = document.createElement(tag);
  node.className = name;
  node.append(...inside);
  return node;
};
const say = (text, n) => text.replace('{n}', n).replace('{q}', () => input.value.trim());
const busy = is => list.setAttribute('aria-busy', String(is));

/* Files: each calls yipinSearch with its name and its text. */
const DEPTH = 8;
const got = {};
const asked = {};
let version = Math.floor(Date.now() / 36e5);
window.yipinSearch = (name, text) => { got[name] = text; };
const load = (name, address) => asked[name] || (asked[name] = new Promise((done, fail) => {
  const script = make('script', '');
  script.src = address || words.data + name + '.js?' + version;
  script.onload = () => done(got[name]);
  script.onerror = () => {
    delete asked[name];
    fail(name);
  };
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
let site;
const open = () => site || (site = load('index').then(text => {
  version = text.slice(0, text.indexOf(' '));
  const r = reader(text, version.length + 1);
  const all = { pages: r.num(), together: r.num(), spread: new Map() };
  while (r.more()) all.spread.set(r.take(r.num()), r.num());
  return load('facets').then(facets => columns(facets, all));
}).catch(e => {
  site = null;
  throw e;
}));
const columns = (text, all) => {
  const lines = text.split('\n', 2);
  const r = reader(text, lines.join().length + 1);
  all.names = { kind: kinds };
  ['town', 'category'].forEach((fact, at) => { all.names[fact] = [''].concat(lines[at].split('\t')); });
  FACTS.forEach(fact => {
    const values = all[fact] = [];
    while (values.length < all.pages) for (let value = r.num(), n = r.num(); n >= 0; n--) values.push(value);
  });
  return all;
};
const FACTS = ['kind', 'town', 'category', 'year'];

/* Texts. Folded, one unit stays one unit, so a place in the folded text is the place in what is shown. */
let simple;
const lower = c => {
  const narrow = c === '\u3000' ? ' ' : c > '\uff00' ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c;
  const small = narrow.toLowerCase();
  return small.length === 1 ? small : narrow;
};
const fold = text => {
  const folded = text.replace(/[A-Z\u00c0-\u058f\u10a0-\u1fff\u3000\uff01-\uff5e]/g, lower);
  return simple ? folded.replace(/[\u3400-\u9fff]/g, c => simple.get(c) || c) : folded;
};
const clean = text => fold(text.replace(/[\0-\x08\xad\u200b\u2060\ufdd0-\ufdef\ufeff]/g, '').replace(/\s+/g, ' ').trim());
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
const groups = {};
const page = async at => {
  const { together } = await open();
  const group = Math.floor(at / together);
  groups[group] = groups[group] || load('t' + group).then(text => expand(text).split('\x03').map(one => {
    const [title, url, names = '', read = '', body = ''] = one.split('\x02');
    return { title, url, names: names.split('\n'), read: read.split('\n'), body: body.slice(1), said: title + '\n' + names + body };
  }));
  return (await groups[group])[at % together];
};

/* Which pages say up to eight units, each with its rank; `loose` when their texts must be looked into. */
const hex = text => text.split('').map(c => ('000' + c.charCodeAt(0).toString(16)).slice(-4)).join('');
const pages = (r, found) => {
  for (let n = r.num(), at = 0; n > 0; n--, at++) {
    const code = r.num();
    at += code >> 2;
    if (found) found.set(at, Math.max(code & 3, found.get(at) || 0));
  }
};
const lookup = async text => {
  const { spread } = await open();
  const found = new Map();
  let length = text.length;
  while (!spread.has(text.slice(0, length))) length--;
  const name = 's' + hex(text.slice(0, length));
  if (length === text.length) {
    pages(reader(await load(name), 0), found);
    return { found };
  }
  const bucket = (Math.imul(text.charCodeAt(length), 40503) >>> 8) & ((1 << spread.get(text.slice(0, length))) - 1);
  const r = reader(await load(name + '-' + bucket.toString(16)), 0);
  const rest = text.slice(length);
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
const meet = (a, b) => new Map(Array.from(a).filter(([at]) => b.has(at)));
/* A text of any length: at most six of its stretches together. */
const find = async (text, mark = '', inner = mark) => {
  const width = DEPTH - mark.length;
  const last = text.length - width;
  const step = Math.max(3, Math.ceil(last / 5));
  let { found, loose } = await lookup(mark + text.slice(0, width));
  for (let at = step; found.size && at < last + step; at += step) {
    const from = Math.min(at, last);
    if (from > 0) found = meet(found, (await lookup(inner + text.slice(from, from + width))).found);
    loose = true;
  }
  return { found, loose };
};

/* All hits of a query, best first. */
const names = () => load('names', words.names).then(() => window.yipinNames({ load, lookup, find, fold, page, DEPTH }));
const search = async text => {
  const all = await open();
  const hits = new Map();
  const add = (at, rank, check, more) => hits.has(at) || hits.set(at, Object.assign({ at, rank, check, parts: [text] }, more));
  const whole = (await lookup(('\ufdd0' + text + '\ufdd1').slice(0, DEPTH))).found;
  const { found, loose } = await find(text);
  const says = part => one => fold(one.said).includes(part);
  found.forEach((rank, at) => add(at, rank + (whole.has(at) ? 4 : 0), loose && says(text)));
  const letters = text.replace(/[ '’]/g, '');
  if (letters.length > 1 && /^\d*[a-z][a-z\d]*$/.test(letters)) {
    await (await names()).readAs(letters, (at, is, check) => { if (is || !found.size) add(at, is ? 3.5 : 2.5, check, { read: true }); });
  }
  const parts = text.split(' ');
  if (!hits.size && parts[1]) {
    let both;
    for (const part of parts) both = both ? meet(both, (await find(part)).found) : (await find(part)).found;
    both.forEach((rank, at) => add(at, rank, one => parts.every(part => says(part)(one)), { parts }));
  }
  let order = Array.from(hits.values());
  if (order.length <= 24) order = await keep(order);
  const best = {};
  order.forEach(hit => { best[all.kind[hit.at]] |= hit.rank >= 4; });
  const kind = hit => all.kind[hit.at] - (best[all.kind[hit.at]] ? 99 : 0);
  return order.sort((a, b) => kind(a) - kind(b) || b.rank - a.rank || a.at - b.at);
};
/* The hits whose pages hold. */
const keep = async hits => {
  const hold = await Promise.all(hits.map(async hit => !hit.check || hit.check(await page(hit.at))));
  return hits.filter((_, at) => hold[at]);
};

/* What is shown. */
let [turn, hits, queue, total, shown, step, chosen] = [0, [], [], 0, 0, 10, {}];
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
/* A piece of the page around the query: of the first places where it stands, that in the longest line. */
const piece = (body, text) => {
  const folded = fold(body);
  let [longest, best] = [0, -1];
  for (let at = folded.indexOf(text), n = 0; at >= 0 && n < 20; at = folded.indexOf(text, at + 1), n++) {
    const length = Math.min(60, (folded.indexOf('\n', at) + 1 || folded.length + 1) - folded.lastIndexOf('\n', at));
    if (length > longest) [longest, best] = [length, at];
  }
  const at = best < 0 ? Math.max(0, body.search(/[^\n]{24}/)) : best;
  let start = Math.max(body.lastIndexOf('\n', at) + 1, at - 30);
  if (/[\udc00-\udfff]/.test(body[start])) start--;
  const cut = body.slice(start, start + 110).replace(/[\ud800-\udbff]$/, '').replace(/\n/g, ' · ');
  return [best >= 0, (start && body[start - 1] !== '\n' ? '…' : '') + cut + (start + 110 < body.length ? '…' : '')];
};
const link = (one, ...text) => {
  const node = make('a', '', ...text);
  node.href = words.root + one.url;
  return node;
};
const entry = async (hit, all) => {
  const one = await page(hit.at);
  let [found, text] = piece(one.body, hit.parts[0]);
  if (!found && !hit.read && !simple) {
    await simplify();
    text = piece(one.body, hit.parts[0])[1];
  }
  const facts = FACTS.slice(1).map(fact => (all.names[fact] || {})[all[fact][hit.at]] || all[fact][hit.at]).filter(Boolean);
  return make('li', 'hit', make('h3', 'hit-title', link(one, ...marked(one.title, hit.parts))), make('p', 'hit-text', ...marked(text, hit.parts)), make('p', 'hit-meta', facts.join(' · ')));
};
const meets = (hit, all, but) => FACTS.every(fact => fact === but || !(fact in chosen) || all[fact][hit.at] === chosen[fact]);
const choices = (fact, all) => {
  const counts = new Map();
  hits.filter(hit => (fact === 'kind' || all[fact][hit.at]) && meets(hit, all, fact)).forEach(hit => counts.set(all[fact][hit.at], (counts.get(all[fact][hit.at]) || 0) + 1));
  if (counts.size < 2 && !(fact in chosen)) return;
  const select = make('select', '');
  const option = (value, text) => {
    const node = make('option', '', text);
    node.value = value;
    node.selected = value === chosen[fact];
    select.append(node);
  };
  option('', words.any);
  Array.from(counts).sort((a, b) => a[0] - b[0]).forEach(([value, n]) => option(value, ((all.names[fact] || {})[value] || value) + ' (' + n + ')'));
  select.onchange = async () => {
    if (select.value) chosen[fact] = Number(select.value);
    else delete chosen[fact];
    await draw(true);
    const again = $('filter-' + fact);
    if (again) again.focus();
  };
  select.id = 'filter-' + fact;
  filters.append(make('label', '', words[fact], select));
};
/* Shows the hits from the first on, or the next ones. */
const draw = async anew => {
  const mine = anew ? ++turn : turn;
  const all = await open();
  busy(true);
  if (anew) {
    queue = hits.filter(hit => meets(hit, all));
    [total, shown, step] = [queue.length, 0, 10];
  }
  let kept = [];
  while (!kept.length && queue.length) {
    const next = queue.splice(0, step);
    kept = await keep(next);
    total -= next.length - kept.length;
  }
  const nodes = await Promise.all(kept.map(hit => entry(hit, all)));
  if (mine !== turn) return;
  if (anew) {
    list.textContent = filters.textContent = '';
    FACTS.forEach(fact => choices(fact, all));
  }
  kept.forEach((hit, at) => {
    const kind = String(all.kind[hit.at]);
    let group = list.lastElementChild;
    if (!group || group.dataset.kind !== kind) {
      group = make('section', 'hits', make('h2', '', kinds[kind]), make('ol', ''));
      group.dataset.kind = kind;
      list.append(group);
    }
    group.lastElementChild.append(nodes[at]);
  });
  shown += kept.length;
  step *= 2;
  list.dataset.total = total;
  more.hidden = !queue.length;
  more.textContent = say(words.more, total - shown);
  status.textContent = say(total ? words.found : words.none, total);
  busy(false);
  if (!anew && nodes[0]) nodes[0].querySelector('a').focus();
};
const empty = text => {
  status.textContent = text;
  list.textContent = filters.textContent = near.textContent = '';
  near.hidden = more.hidden = true;
  delete list.dataset.total;
  busy(false);
};
const run = async () => {
  const mine = ++turn;
  const raw = input.value.trim();
  try { history.replaceState(null, '', location.pathname + (raw && '?q=' + encodeURIComponent(raw))); } catch (e) { /* The search goes on. */ }
  if (towns) towns.hidden = !!raw;
  let text = clean(raw);
  if (!text) return empty('');
  busy(true);
  status.textContent = words.busy;
  try {
    let found = await search(text);
    if (!found.length && !simple) {
      await simplify();
      if (clean(raw) !== text) found = await search(text = clean(raw));
    }
    const offers = found.length ? [] : await (await names()).nearNames(text);
    if (mine !== turn) return;
    [hits, chosen] = [found, {}];
    near.textContent = '';
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
  if (composing) return;
  busy(true);
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
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const here = document.activeElement;
  const links = [input].concat(Array.from(list.parentNode.querySelectorAll('a')));
  const at = links.indexOf(here);
  const to = { ArrowDown: links[at + 1], ArrowUp: links[at - 1], Escape: at > 0 && input }[event.key];
  if (at < 0 || !to) return;
  to.focus();
  event.preventDefault();
});
const fromAddress = () => {
  input.value = new URLSearchParams(location.search).get('q') || '';
  soon(true);
};
window.addEventListener('popstate', fromAddress);
if (/[?&]q=./.test(location.search)) fromAddress();
})();
