export default function (config) {
  config.ignores.add("README.md");
  return { dir: { includes: "_layouts" } };
}
