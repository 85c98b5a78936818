// A Worker and the native server that answer from the same index and know the
// same tokens, each with a store of its own.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBucket } from "./r2.mjs";
import { buildEdge, buildIndex, startNative, startWorkerd, temporary } from "./workerd.mjs";

/** Starts both; the token "secret" may change all, "other" one site. With inspect the Worker can be asked what it holds. */
export async function startPair(site, { inspect = false } = {}) {
  const index = buildIndex("worker/testdata/glossary.jsonl", { articles: ["worker/testdata/articles.jsonl"] });
  const [secret, other] = ["secret", "other"].map((token) => createHash("sha256").update(token).digest("hex"));
  const TOKENS = `${secret} ${site}:${other}`;
  const dir = temporary();
  writeFileSync(join(dir, "tokens"), TOKENS);
  const bucket = await startBucket();
  const edge = await startWorkerd(buildEdge(index, inspect ? "postil_debug" : ""), { TOKENS }, bucket, { inspect });
  const native = await startNative(index, ["--data", join(dir, "data"), "--tokens", join(dir, "tokens")]);
  return { edge, native, stop: () => Promise.all([edge.stop(), native.stop(), bucket.stop()]) };
}
