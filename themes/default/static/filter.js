/* Narrows a list of communities. One choice for each of town, category, honour and state; all must hold. The address keeps the
   choice: ?town=dongliu&state=overdue. The chips stand in the page, so nothing moves when this runs. A list that is cut in parts
   is narrowed as a whole: its data comes as a script when the reader chooses, which works from the disk too. */
(function () {
  'use strict';
  const yipin = window.yipin;
  const place = document.querySelector('.filter');
  if (!yipin || !place) return;
  const { all, make, fill } = yipin;
  const words = place.dataset;
  const list = place.parentNode.querySelector('.cards');
  const status = place.querySelector('[role=status]');
  const clear = place.querySelector('.filter-clear');
  const MOST = 60;
  const [ownFact, ownValue] = (words.within || '').split('=');
  let records = words.cards ? null : all('.card', list).map(card => Object.assign({ card }, card.dataset));
  let chosen = {};
  let waiting = [];

  const groups = all('[data-fact]', place).map(group => {
    const fact = group.dataset.fact;
    const chips = all('.chip', group).map(old => {
      let chip = old;
      /* A link to the value's own page, for readers without scripts, becomes a button of the same size. */
      if (old.href) {
        chip = make('button', 'chip');
        while (old.firstChild) chip.appendChild(old.firstChild);
        old.parentNode.replaceChild(chip, old);
      }
      const value = chip.dataset.value = old.dataset.value;
      chip.setAttribute('aria-pressed', 'false');
      chip.addEventListener('click', () => {
        choose(Object.assign({}, chosen, { [fact]: chosen[fact] === value ? '' : value }));
      });
      return { value, chip, count: chip.querySelector('.num') };
    });
    return { fact, chips };
  });

  /* What the list of all communities says: rows of brand, name, address, and the place of each fact among its names. */
  const FACTS = ['town', 'category', 'level', 'state'];
  yipin.cards = data => {
    const [before, after] = data.url;
    records = data.rows.map(row => {
      const record = { brand: row[0], name: row[1], url: words.root + before + row[2] + after, said: {} };
      FACTS.forEach((fact, at) => {
        const known = data.names[at][row[3 + at]];
        if (known) {
          record[fact] = known[0];
          record.said[fact] = known[1];
        }
      });
      return record;
    });
    if (ownFact) records = records.filter(record => record[ownFact] === ownValue);
    waiting.forEach(run => run());
    waiting = [];
  };
  function withRecords(run) {
    if (records) return run();
    waiting.push(run);
    if (waiting.length > 1) return;
    const script = document.createElement('script');
    script.src = words.cards;
    document.head.appendChild(script);
  }

  /* Whether a community meets every choice but that of one fact. */
  const meets = (record, but) => groups.every(({ fact }) => fact === but || !chosen[fact] || record[fact] === chosen[fact]);
  let found = null;

  function entry(record) {
    const item = make('li');
    const link = make('a', '', record.brand);
    link.href = record.url;
    item.append(link, make('span', '', record.said.town + ' · ' + record.name));
    const facts = make('span');
    if (record.said.level) facts.append(make('span', 'badge level-' + record.level, record.said.level), ' ');
    if (record.said.state) facts.append(make('span', 'state state-' + record.state, record.said.state));
    item.append(facts);
    return item;
  }
  /* Shows what was found in place of the parts of the list. */
  function show(matching, any) {
    if (!words.cards) return records.forEach(record => { record.card.hidden = matching.indexOf(record) < 0; });
    if (found) found.remove();
    found = null;
    all('.cards, .pager', place.parentNode.parentNode).forEach(node => { node.hidden = any; });
    if (!any) return;
    found = make('div', 'found');
    const shown = make('ul', 'related');
    const more = make('button', 'button', words.more);
    const next = () => {
      const from = shown.children.length;
      matching.slice(from, from + MOST).forEach(record => shown.appendChild(entry(record)));
      more.hidden = shown.children.length >= matching.length;
      if (from) shown.children[from].firstChild.focus();
    };
    more.addEventListener('click', next);
    next();
    found.append(shown, more);
    place.parentNode.appendChild(found);
  }
  function draw() {
    const any = groups.some(({ fact }) => chosen[fact]);
    const matching = records.filter(record => meets(record));
    const sum = {};
    groups.forEach(({ fact, chips }) => {
      const counts = sum[fact] = {};
      records.forEach(record => { if (meets(record, fact)) counts[record[fact]] = (counts[record[fact]] || 0) + 1; });
      chips.forEach(({ value, chip, count }) => {
        chip.setAttribute('aria-pressed', String(chosen[fact] === value));
        count.textContent = counts[value] || 0;
      });
    });
    show(matching, any);
    status.textContent = any ? matching.length ? fill(words.result, { n: matching.length, total: records.length }) : words.none : '';
    clear.hidden = !any;
  }
  /* What the address asks for; values no community has are left out. */
  function asked() {
    const query = new URLSearchParams(location.search);
    const wanted = {};
    groups.forEach(({ fact, chips }) => {
      const value = query.get(fact);
      if (chips.some(one => one.value === value)) wanted[fact] = value;
    });
    return wanted;
  }
  function choose(wanted) {
    chosen = wanted;
    const query = groups.filter(({ fact }) => chosen[fact]).map(({ fact }) => fact + '=' + encodeURIComponent(chosen[fact])).join('&');
    try { history.pushState(null, '', location.pathname + (query && '?' + query)); } catch (e) { /* The list is narrowed all the same. */ }
    withRecords(draw);
  }
  clear.addEventListener('click', () => {
    choose({});
    groups[0].chips[0].chip.focus();
  });
  window.addEventListener('popstate', () => {
    chosen = asked();
    withRecords(draw);
  });
  chosen = asked();
  if (groups.some(({ fact }) => chosen[fact])) withRecords(draw);
})();
