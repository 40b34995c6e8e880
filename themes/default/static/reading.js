/* Reading comfort, the notice before leaving the site, the menu, share and print. Words come from the page. ES2017, no module. */
(function () {
  'use strict';
  const root = document.documentElement;
  const KEY = 'yipin-comfort';
  const script = document.currentScript;
  const all = (query, from) => Array.from((from || document).querySelectorAll(query));
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    if (tag === 'button') made.type = 'button';
    return made;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);

  /* A modal box of our own: <dialog> is younger than the browsers we serve. Focus goes in, stays in, and comes back. */
  function modal(className, label) {
    const opener = document.activeElement;
    const back = make('div', 'modal ' + className);
    const box = make('div', 'modal-box');
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-modal', 'true');
    box.setAttribute('aria-label', label);
    /* A click on its text keeps the focus in it. */
    box.tabIndex = -1;
    back.appendChild(box);
    let more = null;
    const close = () => {
      document.removeEventListener('keydown', keys, true);
      back.remove();
      root.classList.remove('has-modal');
      if (opener && opener.focus) opener.focus();
    };
    back.addEventListener('click', event => { if (event.target === back) close(); });
    /* Heard wherever the focus is while the box is open. */
    const keys = event => {
      if (event.key === 'Escape') return close();
      if (more) more(event.key);
      if (event.key !== 'Tab') return;
      const stops = all('a[href], button:not([disabled])', box);
      const first = stops[0], last = stops[stops.length - 1];
      const leaves = event.shiftKey ? document.activeElement === first : document.activeElement === last;
      if (leaves || document.activeElement === box || !box.contains(document.activeElement)) {
        event.preventDefault();
        (event.shiftKey ? last : first).focus();
      }
    };
    return { box, close, show(focus, onKey) {
      more = onKey;
      document.addEventListener('keydown', keys, true);
      document.body.appendChild(back);
      root.classList.add('has-modal');
      focus.focus();
    } };
  }
  window.yipin = { all, make, fill, modal };

  /* Leaving the site. The way on is a real link, so that a new window, a middle click and the address on hover stay. */
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a.external');
    if (!link) return;
    event.preventDefault();
    const notice = modal('leaving', script.dataset.leave);
    const go = make('a', 'button', script.dataset.go);
    const stay = make('button', 'button', script.dataset.stay);
    go.href = link.href;
    go.target = link.target;
    go.rel = 'noopener noreferrer';
    go.addEventListener('click', () => setTimeout(notice.close));
    stay.addEventListener('click', notice.close);
    const buttons = make('p', 'modal-buttons');
    buttons.append(go, ' ', stay);
    notice.box.append(make('p', '', script.dataset.leave), make('p', 'quiet', link.href), buttons);
    notice.show(stay);
  });

  /* The folded menu of a phone closes on Escape. */
  const menu = document.querySelector('.menu');
  if (menu) menu.parentNode.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.firstElementChild.focus();
  });

  /* Share and print. */
  const copy = text => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const was = document.activeElement;
    const field = make('textarea', 'hidden');
    field.value = text;
    document.body.appendChild(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    was.focus();
    return done ? Promise.resolve() : Promise.reject();
  };
  all('.share').forEach(place => {
    const words = place.dataset;
    const said = make('span', 'share-said');
    const link = make('button', 'button', words.copy);
    const print = make('button', 'button', words.print);
    said.setAttribute('role', 'status');
    link.addEventListener('click', () => {
      const canonical = document.querySelector('link[rel=canonical]');
      const here = /^http/.test(location.protocol) || !canonical ? location.href.split('#')[0] : canonical.href;
      copy(here).then(() => { said.textContent = words.copied; }, () => {
        said.textContent = words.failed + here;
        link.focus();
      });
    });
    print.addEventListener('click', () => window.print());
    place.append(link, ' ', print, ' ', said);
  });

  /* Reading comfort. What is chosen is a few classes of <html>; the line in the page's head puts them there before the first
     paint, this keeps and changes them. Elder mode is the largest text, high contrast and the simple view at once. */
  const bar = document.querySelector('.comfort');
  if (!bar) return;
  const words = bar.dataset.words.split('|');
  const MODES = ['contrast', 'pointer', 'simple', 'noslash'];
  const past = [];
  const panel = make('div', 'wrap comfort-panel');
  const open = make('button', 'comfort-link comfort-open', words[1]);
  const said = make('p', 'wrap comfort-said');
  const status = make('span');
  const buttons = {};
  const add = (to, name, text, className) => {
    const made = make('button', className, text);
    made.dataset.comfort = name;
    buttons[name] = made;
    to.append(made, ' ');
    return made;
  };
  const row = bar.firstElementChild;
  const sizes = make('div', 'comfort-sizes');
  const label = make('span', '', words[2]);
  all('a.comfort-link', row).forEach(node => node.remove());
  add(row, 'elder', words[0], 'comfort-link');
  row.append(open);
  panel.id = 'comfort';
  panel.hidden = true;
  open.setAttribute('aria-expanded', 'false');
  open.setAttribute('aria-controls', 'comfort');
  sizes.setAttribute('role', 'group');
  sizes.setAttribute('aria-label', words[2]);
  label.setAttribute('aria-hidden', 'true');
  sizes.append(label, ' ');
  words.slice(3, 7).forEach((text, size) => {
    const made = make('button', '', text);
    made.dataset.size = size;
    sizes.append(made, ' ');
  });
  panel.append(sizes, ' ');
  ['contrast', 'pointer', 'simple', 'aloud', 'reset'].forEach((name, at) => add(panel, name, words[7 + at]));
  if (document.querySelector('input[type=search]')) add(panel, 'noslash', words[16]);
  status.setAttribute('role', 'status');
  said.append(status, ' ');
  add(said, 'undo', words[12]);
  bar.append(panel, said);
  buttons.undo.hidden = buttons.aloud.hidden = true;
  const button = name => buttons[name];

  const read = () => MODES.reduce((state, name) => {
    state[name] = root.classList.contains(name);
    return state;
  }, { size: Number((/\bsize-([0-3])/.exec(root.className) || [0, 0])[1]) });
  const isElder = state => state.size === 3 && state.contrast && state.simple;
  const press = (node, on) => node.setAttribute('aria-pressed', String(Boolean(on)));

  function apply(state) {
    const names = MODES.filter(name => state[name]);
    if (state.size) names.push('size-' + state.size);
    root.classList.remove('size-1', 'size-2', 'size-3', ...MODES);
    root.classList.add(...names);
    try {
      if (names.length) localStorage.setItem(KEY, names.join(' '));
      else localStorage.removeItem(KEY);
    } catch (e) { /* A private window or file://: the choice lasts as long as the page. */ }
    MODES.forEach(name => { if (button(name)) press(button(name), state[name]); });
    press(button('elder'), isElder(state));
    all('[data-size]', panel).forEach(node => press(node, Number(node.dataset.size) === state.size));
  }
  function change(wanted, said) {
    past.push(read());
    apply(Object.assign(read(), wanted));
    say(said);
  }
  function say(text) {
    status.textContent = text;
    button('undo').hidden = !past.length;
  }
  const switched = (name, on) => fill(words[on ? 13 : 14], { name: button(name).textContent });
  const done = node => fill(words[15], { name: node.textContent });

  const actions = {
    elder() {
      const on = !isElder(read());
      change({ size: on ? 3 : 0, contrast: on, simple: on }, switched('elder', on));
    },
    aloud() {
      if (reading) stop(); else start();
    },
    reset(node) {
      stop();
      change({ size: 0, contrast: false, pointer: false, simple: false, noslash: false }, done(node));
    },
    undo(node) {
      apply(past.pop());
      say(done(node));
      if (node.hidden) open.focus();
    },
  };
  MODES.forEach(name => {
    actions[name] = () => {
      const on = !read()[name];
      change({ [name]: on }, switched(name, on));
    };
  });
  bar.addEventListener('click', event => {
    const node = event.target.closest('button');
    if (!node) return;
    if (node.dataset.comfort) actions[node.dataset.comfort](node);
    else if (node.dataset.size) change({ size: Number(node.dataset.size) }, done(node));
  });

  const unfold = wanted => {
    panel.hidden = !wanted;
    open.setAttribute('aria-expanded', String(wanted));
  };
  open.addEventListener('click', () => unfold(panel.hidden));
  bar.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || panel.hidden) return;
    unfold(false);
    open.focus();
  });

  /* Read aloud: only with a voice of the page's language that is on this machine; others send the text away. */
  const speech = window.speechSynthesis;
  const language = root.lang.slice(0, 2).toLowerCase();
  const tongue = language === 'zh' ? /^(zh|cmn)/i : new RegExp('^' + language, 'i');
  let reading = null;
  const voice = () => speech.getVoices().find(one => one.localService && tongue.test(one.lang));
  const show = () => { button('aloud').hidden = !voice(); };
  const TEXT = 'h1,h2,h3,h4,h5,h6,p,li,dt,dd,th,td,caption,figcaption,pre,summary';
  /* What a part says itself; a list in it, for one, is read after it. */
  const own = part => {
    if (!part.querySelector(TEXT)) return part.innerText.trim();
    const copy = part.cloneNode(true);
    all(TEXT, copy).forEach(inner => inner.remove());
    return copy.textContent.trim();
  };

  function stop() {
    if (!reading) return;
    reading.classList.remove('speaking');
    reading = null;
    speech.cancel();
    press(button('aloud'), false);
    status.textContent = switched('aloud', false);
  }
  function start() {
    const parts = all(TEXT, document.getElementById('main')).filter(part =>
      part.offsetParent && !part.closest('nav, .share') && own(part));
    if (!parts.length) return;
    reading = parts[0];
    press(button('aloud'), true);
    status.textContent = switched('aloud', true);
    next(parts, 0);
  }
  function next(parts, at) {
    if (at === parts.length) return stop();
    const words = new SpeechSynthesisUtterance(own(parts[at]));
    words.voice = voice();
    words.lang = words.voice ? words.voice.lang : root.lang;
    words.rate = .9;
    words.onend = () => { if (reading === parts[at]) next(parts, at + 1); };
    words.onerror = () => { if (reading === parts[at]) stop(); };
    reading.classList.remove('speaking');
    reading = parts[at];
    reading.classList.add('speaking');
    reading.scrollIntoView({ block: 'nearest' });
    speech.speak(words);
  }
  if (speech) {
    show();
    if (speech.addEventListener) speech.addEventListener('voiceschanged', show);
    window.addEventListener('pagehide', stop);
  }

  /* What the script in the head does before anything is drawn: again for a page that comes back, and late where a server forbids
     scripts inside pages. */
  function recall() {
    let kept = '';
    try { kept = localStorage.getItem(KEY) || ''; } catch (e) { /* A private window or file://. */ }
    if (location.hash === '#elder-mode') kept = 'size-3 contrast simple';
    root.className = root.className.replace(/(^| )(contrast|pointer|simple|noslash|size-\d)\b/g, '') + ' ' + kept;
    root.classList.add('js');
    apply(read());
  }
  if (root.classList.contains('js')) apply(read());
  else recall();
  press(buttons.aloud, false);
  /* A link that asked for elder mode has been obeyed; without this a reload would ask again. */
  if (location.hash === '#elder-mode') try { history.replaceState(null, '', location.href.split('#')[0]); } catch (e) { /* It stays. */ }
  window.addEventListener('pageshow', event => {
    if (event.persisted) recall();
  });
  /* The stroke leads to the search box, as on most sites that have one; who speaks to the machine can turn it off. */
  document.addEventListener('keydown', event => {
    const box = document.querySelector('input[type=search]');
    if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || !box || /\b(noslash|has-modal)\b/.test(root.className) || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    box.select();
  });
})();
