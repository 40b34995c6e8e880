/* Names by their pinyin, by their initials, and with a slip in them; loaded by search.js when it needs it. */
window.yipinNames = function (tools) {
  'use strict';
  const { load, lookup, find, fold, page, DEPTH } = tools;
  /* Marks the index keeps for names; see the program's `search::names`. */
  const [NAME, END, SYLLABLE, INITIALS, LETTERS, SLIP] = [0, 1, 2, 3, 4, 5].map(n => String.fromCharCode(0xfdd0 + n));

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
    const each = (found, name) => Promise.all(Array.from(found).slice(0, 12).map(async at => {
      const one = await page(at);
      if (name(one) != null && !offers.has(at)) offers.set(at, [one, name(one)]);
    }));
    const chars = Array.from(text);
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
    for (const way of ways) if (way) (await find(way, SYLLABLE, LETTERS)).found.forEach((_, at) => sounds.add(at));
    const spoken = readings.filter(all => all.length);
    const same = lattice => {
      const said = lattice.split(' ').map(all => all.split('/'));
      return said.length >= spoken.length && spoken.every((all, at) => all.some(one => said[at].includes(one)));
    };
    await each(sounds, one => one.names[one.read.findIndex(same)]);
    const slips = new Set();
    const shorter = chars.map((_, at) => chars.slice(0, at).concat(chars.slice(at + 1)).join(''));
    for (const way of [SLIP + text].concat(...shorter.map(one => [SLIP + one, NAME + one]))) {
      (await lookup((way + END).slice(0, DEPTH))).found.forEach((_, at) => slips.add(at));
    }
    await each(slips, one => one.names.find(name => isNear(text, fold(name))));
    return Array.from(offers.values()).slice(0, 10);
  };
  const each = (set, most, what) => Promise.all(Array.from(set).slice(0, most).map(at => page(at).then(one => what(one, at))));
  /* Whether one change, one character more or one less makes the same. */
  const isNear = (a, b) => {
    let from = 0;
    while (from < a.length && a[from] === b[from]) from++;
    const ends = (x, y) => a.slice(from + x) === b.slice(from + y);
    return ends(1, 1) || ends(0, 1) || ends(1, 0);
  };

  /* Names that can be read as these letters, in full or by initials: `add(page, whether all of a name, check)`. */
  const readAs = async (letters, add) => {
    for (const [mark, inner] of [[INITIALS, INITIALS], [SYLLABLE, LETTERS]]) {
      const whole = letters.length < DEPTH - 1 ? (await lookup(mark + letters + END)).found : new Map();
      const check = one => one.read.some(name => reads(name, letters, mark === INITIALS));
      (await find(letters, mark, inner)).found.forEach((_, at) => add(at, whole.has(at), check));
    }
  };
  return { readAs, nearNames };
};
