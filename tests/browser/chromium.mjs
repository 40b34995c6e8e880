// The browser all checks use: Debian's package, or the one CHROMIUM names.
export const chromium = process.env.CHROMIUM || '/usr/bin/chromium';
