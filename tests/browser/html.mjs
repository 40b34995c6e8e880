// Every page by the Nu HTML checker: no error, no warning. Needs Java; without it the part says so and is left out, except under
// CI=true or YIPIN_BROWSER=1, where nobody would read that.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const JAR = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));

export function html({ site, check }) {
  const java = process.env.JAVA || 'java';
  if (spawnSync(java, ['-version']).status !== 0) {
    const wanted = process.env.CI === 'true' || process.env.YIPIN_BROWSER === '1';
    if (wanted) check(false, 'the Nu HTML checker cannot run: there is no java');
    else console.log('html: left out, there is no java');
    return;
  }
  const run = spawnSync(java, ['-jar', JAR, '--skip-non-html', '--format', 'json', site.root], { maxBuffer: 64 << 20 });
  const said = JSON.parse(run.stderr.toString() || '{}');
  check(Array.isArray(said.messages), `the Nu HTML checker said: ${run.stderr}`);
  for (const one of said.messages || []) {
    check(false, `${one.url.replace(/^.*?\/(?=[^/]+\.html|[^/]+\/)/, '')}:${one.lastLine}:${one.firstColumn || one.lastColumn}: ${one.subType || one.type}: ${one.message}`);
  }
}
