// Bundles each screen into one JavaScript and one CSS file:  node build.mjs [FOLDER]
// JSX is as tsconfig.json says. Names stay as written, so that a fault in the page can be read.
import { readFileSync, writeFileSync } from "node:fs";
import { build, version } from "esbuild";

const folder = process.argv[2] ?? "../backcare_widgets/widgets/static";
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const versions = Object.entries({ ...dependencies, esbuild: version }).map((pair) => pair.join(" "));
const banner = `/* Built from frontend/ by "make page": ${versions.join(", ")}. */`;

const { metafile } = await build({
  entryPoints: ["session", "past", "review", "records"].map((name) => ({
    in: `src/${name}/index.tsx`,
    out: name,
  })),
  outdir: folder,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 100,
  legalComments: "none",
  banner: { js: banner, css: banner },
  metafile: true,
  logLevel: "warning",
});

// The licences of what is bundled ask to travel with it.
const packages = Object.keys(metafile.inputs)
  .map((path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0])
  .filter(Boolean);
const licences = [...new Set(packages)].sort().map((path) => {
  const name = path.replace("node_modules/", "");
  return `${name}\n\n${readFileSync(`${path}/LICENSE`, "utf8").trim()}\n`;
});
writeFileSync(`${folder}/LICENCES.txt`, licences.join("\n\n"));
