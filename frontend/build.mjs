// Compiles uswds.scss to ../static/css/uswds.css and copies exactly the fonts and images that it names.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile } from "sass";

const packages = "node_modules/@uswds/uswds";
const result = compile("uswds.scss", {
  style: "compressed", loadPaths: [`${packages}/packages`], quietDeps: true, logger: { warn() {}, debug() {} },
});
mkdirSync("../static/css", { recursive: true });
writeFileSync("../static/css/uswds.css", result.css);
for (const [, path] of result.css.matchAll(/url\(["']?\.\.\/((?:fonts|img)\/[^"')?#]+)/g)) {
  const source = [join(packages, "dist", path), join(packages, "dist", path.replace("img/", "img/"))].find(existsSync);
  if (!source) throw new Error(`${path} is named by the CSS and not in the package`);
  mkdirSync(dirname(join("../static", path)), { recursive: true });
  copyFileSync(source, join("../static", path));
}
const hash = createHash("sha256").update(readFileSync("uswds.scss")).update(readFileSync("package-lock.json")).digest("hex");
writeFileSync("../static/css/uswds.css.sources", `${hash}\n`);
