// Lighthouse as a phone sees the site: node lighthouse.mjs [folder] [--strict]. Exit 0: all hold; 1: some do not; 2: it could not run.
// What does not depend on the machine (accessibility, best practices, SEO, layout shift, lazy pictures) must be perfect. Performance is
// measured up to three times and the best counts; without --strict a loaded machine may fall to 90.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium as path } from './chromium.mjs';
import { kinds, load, serve } from './site.mjs';

const words = process.argv.slice(2);
const strict = words.includes('--strict');
const folder = resolve(words.find(word => !word.startsWith('--')) || new URL('../../public', import.meta.url).pathname);
const KINDS = ['home', 'community', 'brands', 'progress', 'awards'];
const FAST = strict ? .98 : .9;

const failures = [];
const check = (holds, said) => {
  if (!holds) {
    failures.push(said);
    console.error(`  ✗ ${said}`);
  }
};

/** Starts a browser of our own and returns its debugging port. */
async function start(profile) {
  const browser = spawn(path, ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await new Promise((done, fail) => {
    let said = '';
    browser.on('error', fail);
    browser.on('exit', () => fail(new Error(`the browser ended: ${said}`)));
    browser.stderr.on('data', data => {
      said += data;
      const found = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(said);
      if (found) done(Number(found[1]));
    });
  });
  return { browser, port };
}

async function measure(url, port) {
  const { lhr } = await lighthouse(url, { port, output: 'json', logLevel: 'silent', onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'] });
  return lhr;
}

/** What keeps a category from being perfect, in words. */
const faults = (lhr, category) => lhr.categories[category].auditRefs
  .filter(ref => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
  .map(ref => `${ref.id}: ${lhr.audits[ref.id].displayValue || lhr.audits[ref.id].title}`).join('; ');

async function judge(kind, url, port) {
  let best = await measure(url, port);
  for (let more = 0; more < 2 && best.categories.performance.score < .98; more += 1) {
    const again = await measure(url, port);
    if (again.categories.performance.score > best.categories.performance.score) best = again;
  }
  const score = name => Math.round(best.categories[name].score * 100);
  console.log(`${kind}: performance ${score('performance')}, accessibility ${score('accessibility')}, best practices ${score('best-practices')}, SEO ${score('seo')}; LCP ${best.audits['largest-contentful-paint'].displayValue}, CLS ${best.audits['cumulative-layout-shift'].numericValue}`);
  for (const name of ['accessibility', 'best-practices', 'seo']) check(score(name) === 100, `${kind}: ${name} ${score(name)}: ${faults(best, name)}`);
  check(best.categories.performance.score >= FAST, `${kind}: performance ${score('performance')}: ${faults(best, 'performance')}`);
  check(best.audits['cumulative-layout-shift'].numericValue < .0005, `${kind}: the layout shifts by ${best.audits['cumulative-layout-shift'].numericValue}`);
  const lazy = best.audits['lcp-lazy-loaded'];
  check(!lazy || lazy.score === null || lazy.score === 1, `${kind}: the largest picture is lazy`);
}

async function main() {
  const site = load(folder);
  if (!site.pages.length) throw new Error(`no page in ${folder}: build the site first`);
  const server = await serve(site);
  const profile = mkdtempSync(join(tmpdir(), 'yipin-lighthouse-'));
  const { browser, port } = await start(profile);
  try {
    for (const one of kinds(site).filter(one => KINDS.includes(one.kind))) await judge(one.kind, server.base + one.path, port);
  } finally {
    browser.removeAllListeners('exit');
    await new Promise(done => { browser.on('exit', done); browser.kill(); });
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
  console.log(failures.length ? `${failures.length} problems` : 'all hold');
  return failures.length ? 1 : 0;
}

main().then(code => process.exit(code), error => {
  console.error(error);
  process.exit(2);
});
