/* Narrows a list of cards that stands whole on its page. One choice for each of town, category, honour and state; all must hold.
   The address keeps the choice: ?town=dongliu&state=overdue. Nothing happens to lists of seven and fewer. */
(function () {
  'use strict';
  const yipin = window.yipin;
  const place = document.querySelector('.filter');
  const list = place && place.parentNode.querySelector('.cards');
  if (!yipin || !list || list.children.length <= 7) return;
  const { all, make, fill } = yipin;
  const cards = all('.card', list);
  const words = place.dataset;
  /* Where a card says the value in words, and in which order the values stand; without an order, as they come. */
  const FACTS = {
    town: ['.card-town'],
    category: ['.card-foot .chip'],
    level: ['.honour .badge', 'national provincial municipal county township'],
    state: ['.card-foot .state', 'done doing todo overdue postponed'],
  };
  const groups = [];
  let chosen = {};

  Object.keys(FACTS).forEach(fact => {
    const [said, order] = FACTS[fact];
    const names = new Map();
    cards.forEach(card => {
      const value = card.dataset[fact];
      const word = card.querySelector(said);
      if (value && word && !names.has(value)) names.set(value, word.textContent);
    });
    const values = Array.from(names.keys());
    if (values.length < 2) return;
    if (order) values.sort((a, b) => order.split(' ').indexOf(a) - order.split(' ').indexOf(b));
    const group = make('div', 'chips');
    const row = make('ul');
    const label = make('span', 'chips-label', words[fact]);
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', words[fact]);
    label.setAttribute('aria-hidden', 'true');
    const chips = values.map(value => {
      const chip = make('button', 'chip', names.get(value) + ' ');
      const count = make('span', 'num');
      const item = make('li');
      chip.appendChild(count);
      chip.addEventListener('click', () => {
        choose(Object.assign({}, chosen, { [fact]: chosen[fact] === value ? '' : value }));
      });
      item.appendChild(chip);
      row.appendChild(item);
      return { value, chip, count };
    });
    group.append(label, row);
    groups.push({ fact, chips });
    place.appendChild(group);
    all('[data-chips=' + fact + ']').forEach(links => { links.hidden = true; });
  });
  if (!groups.length) return;

  const line = make('p', 'filter-result');
  const result = make('span');
  const clear = make('button', 'button', words.clear);
  result.setAttribute('role', 'status');
  clear.addEventListener('click', () => {
    choose({});
    groups[0].chips[0].chip.focus();
  });
  line.append(result, ' ', clear);
  place.appendChild(line);
  place.hidden = false;

  /* Whether a card meets every choice but that of one group. */
  const meets = (card, but) => groups.every(({ fact }) => fact === but || !chosen[fact] || card.dataset[fact] === chosen[fact]);

  function draw() {
    const any = groups.some(({ fact }) => chosen[fact]);
    let n = 0;
    cards.forEach(card => {
      card.hidden = !meets(card);
      if (!card.hidden) n += 1;
    });
    groups.forEach(({ fact, chips }) => {
      const others = cards.filter(card => meets(card, fact));
      chips.forEach(({ value, chip, count }) => {
        chip.setAttribute('aria-pressed', String(chosen[fact] === value));
        count.textContent = others.filter(card => card.dataset[fact] === value).length;
      });
    });
    result.textContent = n ? any ? fill(words.result, { n, total: cards.length }) : '' : words.none;
    clear.hidden = !any;
  }
  /* What the address asks for; values no card has are left out. */
  function asked() {
    const query = new URLSearchParams(location.search);
    const found = {};
    groups.forEach(({ fact, chips }) => {
      const value = query.get(fact);
      if (chips.some(one => one.value === value)) found[fact] = value;
    });
    return found;
  }
  function choose(wanted) {
    chosen = wanted;
    const query = groups.filter(({ fact }) => chosen[fact]).map(({ fact }) => fact + '=' + encodeURIComponent(chosen[fact])).join('&');
    try { history.pushState(null, '', location.pathname + (query && '?' + query)); } catch (e) { /* The list is narrowed all the same. */ }
    draw();
  }
  window.addEventListener('popstate', () => {
    chosen = asked();
    draw();
  });
  chosen = asked();
  draw();
})();
