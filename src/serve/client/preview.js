/* The preview's own script: added to pages by `yipin serve` only. Listens for changes while the page is looked at. */
(function () {
  'use strict';
  var own = document.currentScript;
  if (!own || !window.EventSource || !document.documentElement.attachShadow) return;
  var data = own.dataset, zh = data.lang === 'zh', mark = data.mark;
  var source = null, host = null, closed = '', last = null;
  var words = zh
    ? { title: '预览', close: '关闭', all: '全部结果', stale: '内容有错误，下面的网页是上次正确时的样子。', help: '改法', more: '还有' }
    : { title: 'Preview', close: 'Close', all: 'All findings', stale: 'The content has errors; the page below is from when it had none.', help: 'help', more: 'more:' };

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function button(name, text, action) {
    var element = make('button', name, text);
    element.type = 'button';
    element.addEventListener('click', action);
    return element;
  }

  /* A root of our own, so that neither style reaches the other. */
  function root() {
    if (!host) {
      host = make('yipin-preview');
      var link = make('link');
      link.rel = 'stylesheet';
      link.href = data.base + '__yipin/preview.css';
      host.attachShadow({ mode: 'open' }).appendChild(link);
      host.shadowRoot.appendChild(make('div', 'yipin-root'));
      host.lang = zh ? 'zh-CN' : 'en';
      document.body.appendChild(host);
    }
    return host.shadowRoot.lastChild;
  }

  function item(problem) {
    var li = make('li', problem.severity);
    if (problem.place) li.appendChild(make('p', 'place', problem.place));
    var said = make('p');
    said.appendChild(make('b', '', problem.word));
    said.appendChild(document.createTextNode(' '));
    said.appendChild(make('code', '', problem.code));
    said.appendChild(document.createTextNode(' ' + problem.message));
    li.appendChild(said);
    if (problem.excerpt) {
      var pre = make('pre');
      pre.appendChild(make('span', '', problem.excerpt.line + ' | '));
      pre.appendChild(document.createTextNode(problem.excerpt.before));
      pre.appendChild(make('mark', '', problem.excerpt.marked));
      pre.appendChild(document.createTextNode(problem.excerpt.after));
      li.appendChild(pre);
    }
    if (problem.help) {
      var help = make('p', 'help');
      help.appendChild(make('b', '', words.help));
      help.appendChild(document.createTextNode(' ' + problem.help));
      li.appendChild(help);
    }
    return li;
  }

  function panel() {
    return data.base + '__yipin/';
  }

  function overlay(message) {
    var problems = message.problems, box = make('section', 'overlay'), head = make('div', 'head');
    box.setAttribute('role', 'alert');
    box.setAttribute('aria-label', words.title);
    head.appendChild(make('strong', '', problems.count));
    var all = make('a', '', words.all);
    all.href = panel();
    head.appendChild(all);
    head.appendChild(button('close', words.close, close));
    box.appendChild(head);
    if (!message.current) box.appendChild(make('p', 'stale', words.stale));
    var list = make('ol', 'problems');
    problems.list.forEach(function (problem) { list.appendChild(item(problem)); });
    box.appendChild(list);
    if (problems.more) box.appendChild(make('p', '', words.more + ' ' + problems.more));
    return box;
  }

  function badge(message) {
    return button('badge' + (message.problems.errors ? ' error' : ''), message.problems.count, function () {
      closed = '';
      draw(true);
    });
  }

  function close() {
    closed = last ? JSON.stringify(last.problems) : '';
    draw(false);
  }

  /* Errors are laid over the page until they are closed; warnings wait in a corner. */
  function draw(open) {
    var place = root(), problems = last.problems;
    place.textContent = '';
    if (!problems.list.length || data.base + '__yipin/' === location.pathname) return;
    var isClosed = closed === JSON.stringify(problems);
    if (open || (problems.errors && !isClosed)) place.appendChild(overlay(last));
    else if (problems.errors || problems.warnings) place.appendChild(badge(last));
  }

  function swap(pair) {
    var from = new URL(data.base + pair[0], location.href).href, to = new URL(data.base + pair[1], location.href).href;
    Array.prototype.forEach.call(document.querySelectorAll('link[rel~="stylesheet"]'), function (old) {
      if (old.href !== from) return;
      var next = old.cloneNode();
      next.href = to;
      next.addEventListener('load', function () { old.remove(); });
      next.addEventListener('error', function () { location.reload(); });
      old.parentNode.insertBefore(next, old.nextSibling);
    });
  }

  function told(event) {
    var message = JSON.parse(event.data);
    last = message;
    if (message.files || message.mark !== mark) {
      if (message.files || !message.css.length) {
        disconnect();
        location.reload();
        return;
      }
      message.css.forEach(swap);
      mark = message.mark;
    }
    draw(false);
  }

  function connect() {
    if (source || document.hidden) return;
    var query = '?page=' + encodeURIComponent(data.page) + '&mark=' + encodeURIComponent(mark);
    source = new EventSource(data.base + '__yipin/events' + query);
    source.onmessage = told;
    source.onerror = again;
  }

  /* The program was ended, or started anew: some browsers give up, so it is tried again. */
  function again() {
    if (!source || source.readyState !== EventSource.CLOSED) return;
    source = null;
    setTimeout(connect, 1000);
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  /* Browsers allow few connections to one server: a page that nobody looks at needs none. */
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) disconnect();
    else connect();
  });
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', connect);
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && host && host.shadowRoot.querySelector('.overlay')) close();
  });
  connect();
})();
