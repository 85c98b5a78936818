// What of the embed's speed is not a matter of time: no layout that a script
// waits for, no shift, nothing left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { measure } from "../bench/speed.mjs";
import { onlyChromium } from "./helpers/lab.mjs";

test("marking a long article forces no layout and shifts nothing", onlyChromium("its driver traces"), async () => {
  const { mentions, forms, shift, postil } = await measure({ words: 4000, mentions: 100, rate: 1, compare: false });
  assert.ok(mentions > 90 && forms > 50, `${mentions} mentions of ${forms} forms`);
  assert.equal(postil.forced, 0);
  assert.equal(shift, 0);
});
