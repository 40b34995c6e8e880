// The built site as the checks see it: its pages, one of each kind, a server that puts it in a sub-directory.
import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync, existsSync } from 'node:fs';
import { join, extname, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

export const PREFIX = '/ztzl/yspp/';
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.jpg': 'image/jpeg', '.webp': 'image/webp', '.json': 'application/json', '.xml': 'application/xml',
};

function walk(folder, found = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path, found);
    else found.push(path);
  }
  return found;
}

/** The pages of a built site: `{ path, kind, html }`, the path from its root with `/`. */
export function load(folder) {
  const root = resolve(folder);
  const pages = walk(root).filter(path => path.endsWith('.html')).sort().map(path => {
    const html = readFileSync(path, 'utf8');
    const kind = (/<body class="page-([\w-]+)/.exec(html) || [])[1];
    return { path: path.slice(root.length + 1).split(sep).join('/'), kind, html };
  });
  return { root, pages };
}

/** Of each kind the page that says most: it has most of the pieces. */
export function kinds(site) {
  const chosen = new Map();
  for (const page of site.pages) {
    // The pages of the main language stand for their kind; all others are looked at page by page.
    if (!page.kind || page.path.startsWith('en/')) continue;
    const best = chosen.get(page.kind);
    if (!best || page.html.length > best.html.length) chosen.set(page.kind, page);
  }
  return [...chosen.values()].sort((a, b) => a.kind.localeCompare(b.kind));
}

/** Serves the folder below PREFIX as a plain web server would; unknown addresses get 404.html. */
export async function serve(site) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    if (path === '/favicon.ico') return response.writeHead(204).end();
    let file = path.startsWith(PREFIX) ? resolve(site.root, '.' + sep + path.slice(PREFIX.length)) : '';
    if (file && !file.startsWith(site.root)) file = '';
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    const found = Boolean(file) && existsSync(file);
    if (!found) file = join(site.root, '404.html');
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES[extname(file)] || 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${server.address().port}${PREFIX}`;
  return { base, close: () => server.close() };
}

/** The address of a page when the folder is opened from the disk. */
export const fileUrl = (site, path) => pathToFileURL(join(site.root, path)).href;

/** Every address in `href` and `src` that leads nowhere in the folder. */
export function deadLinks(site) {
  const dead = [];
  const ids = new Map(site.pages.map(page => [page.path, new Set([...page.html.matchAll(/\sid="([^"]*)"/g)].map(m => m[1]))]));
  for (const page of site.pages) {
    for (const [, raw] of page.html.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)) {
      const link = raw.replace(/&amp;/g, '&').replace(/&#x2F;/g, '/');
      if (/^[a-z][a-z+.-]*:|^\/\//i.test(link)) continue;
      const url = new URL(link, 'http://x/' + page.path);
      const target = decodeURIComponent(url.pathname.slice(1));
      const anchor = decodeURIComponent(url.hash.slice(1));
      if (!existsSync(join(site.root, target)) || statSync(join(site.root, target)).isDirectory()) dead.push(`${page.path}: ${link}`);
      else if (anchor && anchor !== 'top' && ids.has(target) && !ids.get(target).has(anchor)) dead.push(`${page.path}: ${link} (no such place)`);
    }
  }
  return dead;
}
