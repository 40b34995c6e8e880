/* What comes after the first hits of a search: narrowing, keys, names by pinyin and with slips, several words. Loaded by search.js. */
window.yipinSearchTools = function (search) {
  'use strict';
  const { FACTS, DEPTH, list, input, filters, words, make, load, lookup, fold, page, inWords, draw } = search;
  /* Marks the index keeps for names; see the program's `search::names`. */
  const [NAME, END, SYLLABLE, INITIALS, SLIP] = '\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4';
  /* Two letters a unit, as far as whole pairs go. */
  const code = letter => 1 + 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(letter);
  const spoken = letters => SYLLABLE + (letters.match(/../g) || []).map(two => String.fromCharCode(0x3400 + 38 * code(two[0]) + code(two[1]))).join('');

  const meet = (a, b) => new Map([...a].filter(([at]) => b.has(at)));
  /* A text of any length: at most six of its stretches together. */
  const find = async text => {
    const last = text.length - DEPTH;
    const step = Math.max(3, Math.ceil(last / 5));
    let { found, loose } = await start(text);
    for (let at = step; found.size && at < last + step; at += step) {
      found = meet(found, (await start(text.slice(Math.min(at, last)))).found);
      loose = true;
    }
    return { found, loose };
  };

  /* Whether a name or the rest of one begins with these letters. */
  const reads = (lattice, letters, initials) => {
    const syllables = lattice.split(' ').map(all => all.split('/'));
    const from = (at, rest) => !rest || (at < syllables.length && syllables[at].some(one => {
      const said = initials ? one[0] : one;
      return said.startsWith(rest) || (rest.startsWith(said) && from(at + 1, rest.slice(said.length)));
    }));
    return syllables.some((_, at) => from(at, letters));
  };

  /* Names that are written or sound almost so. */
  const nearNames = async text => {
    const offers = new Map();
    /* Looks at some, and at further ones as long as none holds. */
    const each = async (found, name) => {
      const all = [...found];
      for (let n = 0; n < Math.min(all.length, 96) && !offers.size; n += 12) {
        await Promise.all(all.slice(n, n + 12).map(async at => {
          const one = await page(at);
          if (name(one) != null && !offers.has(at)) offers.set(at, [one, name(one)]);
        }));
      }
    };
    const chars = [...text];
    if (chars.length < 2 || chars.length > 24) return [];
    const table = new Map();
    (await load('pinyin')).split(' ').forEach(line => {
      const said = line.match(/^[a-z]+/)[0];
      for (const c of line.slice(said.length)) table.set(c, (table.get(c) || []).concat(said));
    });
    const readings = chars.map(c => table.get(c) || (/[a-z0-9]/.test(c) ? [c] : []));
    let ways = [''];
    readings.forEach(all => { if (all.length) ways = [].concat(...ways.map(way => all.map(one => way + one))).slice(0, 12); });
    const sounds = new Set();
    for (const way of ways) if (way[1]) (await start(spoken(way))).found.forEach((_, at) => sounds.add(at));
    const heard = readings.filter(all => all.length);
    const same = lattice => {
      const said = lattice.split(' ').map(all => all.split('/'));
      return said.length >= heard.length && heard.every((all, at) => all.some(one => said[at].includes(one)));
    };
    await each(sounds, one => one.names[one.read.findIndex(same)]);
    if (offers.size) return [...offers.values()].slice(0, 10);
    const [slips, perhaps] = [new Set(), new Set()];
    const shorter = chars.map((_, at) => chars.slice(0, at).concat(chars.slice(at + 1)).join(''));
    for (const way of [SLIP + text].concat(...shorter.map(one => [SLIP + one, NAME + one]))) {
      const { found, loose } = await start(way + END);
      found.forEach((_, at) => (loose ? perhaps : slips).add(at));
    }
    /* Those that may be something else come last. */
    await each([...slips, ...perhaps], one => one.names.find(name => isNear(text, fold(name))));
    return [...offers.values()];
  };
  /* Whether one change, one character more or one less makes the same. */
  const isNear = (a, b) => {
    let from = 0;
    while (from < a.length && a[from] === b[from]) from++;
    const ends = (x, y) => a.slice(from + x) === b.slice(from + y);
    return ends(1, 1) || ends(0, 1) || ends(1, 0);
  };

  /* Names that can be read as these letters, in full or by initials: `add(page, whether all of a name, check)`. */
  const readAs = async (letters, add) => {
    const whole = letters.length < DEPTH - 1 ? (await start(INITIALS + letters + END)).found : new Map();
    const check = one => one.read.some(name => reads(name, letters, true) || reads(name, letters, false));
    for (const way of [INITIALS + letters, spoken(letters)]) (await start(way)).found.forEach((_, at) => add(at, whole.has(at), check));
  };
  const start = text => lookup(text.slice(0, DEPTH));

  /* The ways to type `ü`: as itself, as `v`, as the passport's `yu`, as `u`. */
  const umlauts = letters => {
    const plain = letters.replace(/ü/g, 'v');
    return [...new Set([plain, plain.replace(/([nl])y?u/g, '$1v')])];
  };

  /* Adds what does not say the query as it is typed: names that can be read so, and, where there is nothing else, pages with all its words. */
  const further = async (text, is, add, says) => {
    for (const letters of umlauts(text.replace(/[ '’]/g, ''))) {
      if (letters.length < 2 || !/^\d*[a-z][a-z\d]*$/.test(letters)) continue;
      const read = [];
      await readAs(letters, (at, whole, check) => { if (whole || !is) read.push([at, whole ? 3.5 : 2.5, check]); });
      for (const [at, rank, check] of read) if (!is || check(await page(at))) add(at, rank, check, { read: true });
    }
    const parts = text.split(' ');
    if (is || !parts[1]) return;
    let { found } = await find(parts[0]);
    for (const part of parts.slice(1)) found = meet(found, (await find(part)).found);
    found.forEach((rank, at) => add(at, rank, one => parts.every(part => says(part)(one)), { parts }));
  };

  /* What the hits can be narrowed by, with how many there would be. */
  const choice = (fact, all, hits, chosen, meets) => {
    const counts = [];
    hits.forEach(hit => {
      const value = all[fact][hit.at];
      if ((value || fact === 'kind') && meets(hit, fact)) counts[value] = (counts[value] || 0) + 1;
    });
    const values = Object.keys(counts).map(Number);
    if (values.length < 2 && !(fact in chosen)) return;
    const select = make('select', '', make('option', '', words.any), ...values.map(value => make('option', '', inWords(fact, value) + ' (' + counts[value] + ')')));
    select.selectedIndex = values.indexOf(chosen[fact]) + 1;
    select.onchange = async () => {
      const at = select.selectedIndex - 1;
      if (at < 0) delete chosen[fact];
      else chosen[fact] = values[at];
      await draw(true);
      const again = document.getElementById(select.id);
      if (again) again.focus();
    };
    select.id = 'filter-' + fact;
    filters.append(make('label', '', words[fact], select));
  };
  const narrow = (all, hits, chosen, meets) => {
    filters.textContent = '';
    FACTS.forEach(fact => choice(fact, all, hits, chosen, meets));
  };

  /* Arrows go from the box through the links and back; Escape returns to the box. */
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const here = document.activeElement;
    const links = [input, ...list.parentNode.querySelectorAll('a')];
    const at = links.indexOf(here);
    const to = { ArrowDown: links[at + 1], ArrowUp: links[at - 1], Escape: at > 0 && input }[event.key];
    if (at < 0 || !to) return;
    to.focus();
    event.preventDefault();
  });
  return { find, further, nearNames, narrow };
};
