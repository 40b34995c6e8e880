// On paper: a community is two sheets for the wall, a town's board one sheet on its side.
const SHEETS = [
  [/^(en\/)?communities\/[^/]+\/index\.html$/, 2],
  [/^(en\/)?progress\/[^/]+\/index\.html$/, 1],
];
/** How many sheets a PDF has; Chromium writes its page objects in the clear. */
const sheets = pdf => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) || []).length;

export async function print({ site, base, browser, check }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const [pattern, most] of SHEETS) {
    const pages = site.pages.filter(one => pattern.test(one.path));
    check(pages.length > 3, `pages to print like ${pattern}: ${pages.length}`);
    for (const one of pages) {
      await page.goto(base + one.path);
      // Lazy pictures come when they are near; paper wants them all.
      await page.evaluate(() => Promise.all([...document.images].map(image => {
        image.loading = 'eager';
        return image.decode().catch(() => {});
      })));
      const count = sheets(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      check(count <= most, `${one.path}: ${count} sheets, ${most} wanted`);
    }
  }
  await context.close();
}
