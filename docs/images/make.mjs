// Makes the pictures of this folder from graphs/ and the program:
//
//   tests/clients/run page && node docs/images/make.mjs
//
// Needs what tests/clients/run installs, and target/release/tieline with a
// database of seeds/ (TIELINE, TIELINE_DB).
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const require = createRequire(join(root, "target", "clients", "package.json"));
const { chromium } = require("playwright-core");
const tieline = process.env.TIELINE || join(root, "target", "release", "tieline");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const theme of ["light", "dark"]) {
  execFileSync(tieline, ["-q", "diagram", "--scale", "1.3", "--theme", theme, "-o", join(here, `seeds-${theme}.png`)]);
  const context = await browser.newContext({ offline: true, viewport: { width: 1360, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(root, "graphs", "page.html")).href);
  await page.waitForSelector("html[data-ready]");
  await (await page.$$("#events tbody a"))[3].click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(here, `page-${theme}.png`) });
}
await browser.close();
