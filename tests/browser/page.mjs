// The search page without a browser: the very scripts of a built site, run over just enough of a document.
import { readFileSync, existsSync } from 'node:fs';
import { join, dirname } from 'node:path';
import vm from 'node:vm';

class Node {
  constructor(tag = '', id = '') {
    Object.assign(this, { tagName: tag.toUpperCase(), id, children: [], parentNode: null, dataset: {}, attributes: {}, listeners: {}, className: '', hidden: false, href: '', own: '' });
  }
  get textContent() { return this.own + this.children.map(child => (typeof child === 'string' ? child : child.textContent)).join(''); }
  set textContent(text) { this.children = []; this.own = String(text); }
  append(...nodes) { nodes.forEach(node => { if (node instanceof Node) node.parentNode = this; this.children.push(node); }); }
  appendChild(node) { this.append(node); return node; }
  get lastElementChild() { return this.children.filter(child => child instanceof Node).pop() || null; }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  getAttribute(name) { return this.attributes[name]; }
  addEventListener(name, what) { (this.listeners[name] = this.listeners[name] || []).push(what); }
  fire(name, event = {}) { (this.listeners[name] || []).forEach(what => what({ preventDefault() {}, ...event })); }
  all(tag) { return this.children.filter(child => child instanceof Node).flatMap(child => [...(child.tagName === tag ? [child] : []), ...child.all(tag)]); }
  querySelector(selector) { return this.all(selector === 'a' ? 'A' : 'NONE')[0] || null; }
  querySelectorAll() { return this.all('A'); }
  focus() {}
  select() {}
}

/** Opens the search page of a built site; `folder` is that of the language. */
export function open(root, folder = '') {
  const html = readFileSync(join(root, folder, 'search/index.html'), 'utf8');
  const ids = {};
  for (const id of ['search-results', 'search-status', 'search-filters', 'search-more', 'search-suggestions', 'search-towns', 'q']) ids[id] = new Node('div', id);
  const place = new Node('div');
  const tag = /<div class="results"[^>]*>/.exec(html)[0];
  for (const [, name, value] of tag.matchAll(/data-(\w+)="([^"]*)"/g)) place.dataset[name] = value.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#x2F;/g, '/');
  place.append(ids['search-results'], ids['search-suggestions']);
  ids.q.form = new Node('form');
  ids.q.value = '';
  const loaded = { bytes: 0, files: [] };
  const base = join(root, folder, 'search');
  const context = vm.createContext({
    document: {
      getElementById: id => ids[id] || null, createElement: tag => new Node(tag), activeElement: ids.q, addEventListener() {}, head: {
        appendChild(script) {
          const path = join(base, script.src.split('?')[0]);
          setImmediate(() => {
            if (!existsSync(path)) return script.onerror();
            const code = readFileSync(path);
            loaded.bytes += code.length;
            loaded.files.push([path.slice(root.length + 1), code.length]);
            vm.runInContext(code.toString('utf8'), context);
            script.onload();
          });
        },
      },
    },
    location: { search: '', pathname: '/' }, history: { replaceState() {} }, setTimeout, clearTimeout, URLSearchParams, Option: class extends Node {}, console, addEventListener() {},
  });
  context.window = context;
  const source = /src="([^"]*search\.[^"]*js)"|src="([^"]*search\.js)"/.exec(html);
  vm.runInContext(readFileSync(join(base, source[1] || source[2]), 'utf8'), context);
  const list = ids['search-results'];
  const settled = async () => {
    do await new Promise(done => setImmediate(done)); while (list.attributes['aria-busy'] !== 'false');
  };
  const links = node => node.all('A').map(a => ({ path: join(dirname(join(folder, 'search/index.html')), a.href), text: a.textContent }));
  return {
    loaded,
    status: () => ids['search-status'].textContent,
    /** Asks; the links shown at once, their total, and what is offered. */
    async ask(text) {
      loaded.bytes = 0;
      loaded.files = [];
      ids.q.value = text;
      list.attributes['aria-busy'] = 'true';
      ids.q.form.fire('submit');
      await settled();
      return { total: Number(list.dataset.total), hits: links(list), offers: links(ids['search-suggestions']), nodes: list.all('LI') };
    },
    /** Shows further hits until `enough` says so or there are none. */
    async more(enough = () => false) {
      while (!ids['search-more'].hidden && !enough(links(list))) {
        list.attributes['aria-busy'] = 'true';
        ids['search-more'].fire('click');
        await settled();
      }
      return { total: Number(list.dataset.total), hits: links(list) };
    },
  };
}
