// Pictures of every kind of page, for people to look at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ELDER, remember } from './parts.mjs';

export async function shots({ base, browser, kinds }, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, width, colorScheme, classes, media] of [
    ['360', 360, 'light'], ['768', 768, 'light'], ['1280', 1280, 'light'], ['1280-dark', 1280, 'dark'], ['1280-elder', 1280, 'light', ELDER], ['360-elder', 360, 'light', ELDER], ['360-elder-dark', 360, 'dark', ELDER], ['print', 700, 'light', '', 'print'],
  ]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    if (classes) await remember(context, classes);
    const page = await context.newPage();
    for (const one of kinds) {
      if (one.kind === 'redirect') continue;
      await page.goto(base + one.path, { waitUntil: 'networkidle' });
      if (media) await page.emulateMedia({ media });
      // Pictures load when they are near; walk down once so that all are there.
      await page.evaluate(async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += 700) {
          window.scrollTo(0, y);
          await new Promise(done => setTimeout(done, 30));
        }
        window.scrollTo(0, 0);
      });
      const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 6000);
      await page.screenshot({ path: join(folder, `${one.kind}-${name}.png`), clip: { x: 0, y: 0, width, height }, fullPage: true });
    }
    await context.close();
  }
}
