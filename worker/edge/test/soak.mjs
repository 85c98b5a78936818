// Writers and readers on several isolates that are killed at random, all on one
// bucket. At the end every article that was acknowledged must be found, by its id
// and by its words, and none that was deleted.
//
//   node worker/edge/test/soak.mjs [SECONDS]
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { startBucket } from "./r2.mjs";
import { buildEdge, buildIndex, startWorkerd } from "./workerd.mjs";

const token = "soak";
const variables = { TOKENS: createHash("sha256").update(token).digest("hex"), REFRESH_MS: "300", DEADLINE_MS: "5000" };
const Authorization = `Bearer ${token}`;
const ISOLATES = 4;
const WRITERS = 4;
const READERS = 4;

/** How old an acknowledgement is that every isolate must know of: some refreshes. */
const KNOWN = 3000;

const pick = (list) => list[Math.floor(Math.random() * list.length)];

/** Runs all of it for some time, and until there were so many kills; resolves to how much was done. */
export async function soak(seconds, { kills = 0, log = () => {} } = {}) {
  const bucket = await startBucket();
  const dir = buildEdge(buildIndex("worker/testdata/glossary.jsonl"), "postil_debug");
  const run = new Soak(bucket, dir, Date.now() + 1000 * seconds, kills);
  try {
    await run.start();
    await run.go(log);
    await run.check();
    return run.done;
  } finally {
    await run.stop();
    await bucket.stop();
  }
}

class Soak {
  done = { written: 0, deleted: 0, read: 0, unavailable: 0, lost: 0, killed: 0, maintained: 0, articles: 0 };
  #articles = new Map(); // id → { word, at }: the word is undefined once it is deleted
  #edges = [];

  constructor(bucket, dir, until, kills) {
    this.bucket = bucket;
    this.dir = dir;
    this.until = until;
    this.kills = kills;
  }

  async start() {
    this.#edges = await Promise.all(Array.from({ length: ISOLATES }, () => startWorkerd(this.dir, variables, this.bucket)));
  }

  stop() {
    return Promise.all(this.#edges.map((edge) => edge.stop()));
  }

  get #running() {
    return Date.now() < this.until || this.done.killed < this.kills;
  }

  async go(log) {
    const jobs = [this.#kill(), this.#maintain()];
    for (let i = 0; i < WRITERS; i++) jobs.push(this.#write(i));
    for (let i = 0; i < READERS; i++) jobs.push(this.#read());
    const ticker = setInterval(() => log(this.done), 10_000);
    try {
      await Promise.all(jobs);
    } finally {
      this.until = this.kills = 0; // one that failed ends all
      clearInterval(ticker);
      await Promise.allSettled(jobs);
    }
  }

  /** Asks any isolate; undefined if that was killed meanwhile or has no time. */
  async #ask(request, edge = pick(this.#edges)) {
    let answer;
    try {
      answer = await edge.ask({ ...request, headers: { Authorization, ...request.headers } });
    } catch (error) {
      assert.ok(["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(error.code), error);
      this.done.lost++;
      return undefined;
    }
    if (answer.status !== 503) return answer;
    this.done.unavailable++;
    return undefined;
  }

  /** Makes a change until it is acknowledged. */
  async #change(id, word, request, statuses) {
    this.#articles.set(id, { word, at: Infinity });
    for (;;) {
      const answer = await this.#ask(request);
      if (!answer) continue;
      assert.ok(statuses.includes(answer.status), `${request.method} ${id}: ${answer.status} ${answer.body}`);
      this.#articles.set(id, { word, at: Date.now() });
      return;
    }
  }

  async #write(writer) {
    const own = [];
    for (let n = 0; this.#running; n++) {
      const choice = Math.random();
      if (choice < 0.2 && own.length > 3) {
        const [id] = own.splice(Math.floor(Math.random() * own.length), 1);
        await this.#change(id, undefined, { method: "DELETE", path: `/v1/articles/${id}` }, [204, 404]);
        this.done.deleted++;
        continue;
      }
      const id = choice < 0.4 && own.length > 0 ? pick(own) : `w${writer}-${n}`;
      if (!own.includes(id)) own.push(id);
      const word = `word${writer}x${n}`;
      const body = Buffer.from(JSON.stringify({ title: `Article ${id}`, text: `It says ${word} and nothing else.` }));
      await this.#change(id, word, { method: "PUT", path: `/v1/articles/${id}`, headers: { "Content-Type": "application/json" }, body }, [200, 201, 204]);
      this.done.written++;
    }
  }

  async #read() {
    while (this.#running) {
      const ids = [...this.#articles.keys()];
      if (ids.length === 0) {
        await new Promise((r) => setTimeout(r, 5));
        continue;
      }
      const id = pick(ids);
      const was = this.#articles.get(id);
      const known = Date.now() - was.at > KNOWN;
      const answer = await this.#ask({ path: `/v1/articles/${id}` });
      if (!answer) continue;
      this.done.read++;
      if (known && this.#articles.get(id) === was) this.#right(id, was, answer);
      else assert.ok([200, 404].includes(answer.status), `${answer.status} ${answer.body}`);
      const search = await this.#ask({ path: "/v1/search?q=says&in=articles&limit=3" });
      if (search) assert.equal(search.status, 200, search.body.toString());
    }
  }

  /** An answer to GET of an article that has been what it is for a while. */
  #right(id, { word }, answer) {
    assert.equal(answer.status, word ? 200 : 404, `${id}: ${answer.body}`);
    if (word) assert.match(JSON.parse(answer.body).text, new RegExp(`says ${word} and`), id);
  }

  async #kill() {
    while (this.#running) {
      await new Promise((r) => setTimeout(r, 300 + 1500 * Math.random()));
      const i = Math.floor(Math.random() * ISOLATES);
      if (Math.random() < 0.3) {
        await this.#ask({ path: "/debug/exit" }, this.#edges[i]); // the program only
      } else {
        await this.#edges[i].stop();
        this.#edges[i] = await startWorkerd(this.dir, variables, this.bucket);
      }
      this.done.killed++;
    }
  }

  async #maintain() {
    while (this.#running) {
      await new Promise((r) => setTimeout(r, 500 + 1000 * Math.random()));
      try {
        if ((await pick(this.#edges).maintain()) === "ok") this.done.maintained++;
      } catch {
        // it was killed
      }
    }
  }

  /** Looks for every article in every isolate, when all is quiet. */
  async check() {
    await new Promise((r) => setTimeout(r, 2 * Number(variables.REFRESH_MS)));
    for (const edge of this.#edges) {
      assert.ok((await edge.ask({ path: "/healthz" })).status === 200);
      for (const [id, was] of this.#articles) {
        this.#right(id, was, await this.#sure(edge, `/v1/articles/${id}`));
      }
      const words = [...this.#articles].filter(([, { word }]) => word);
      for (const [id, { word }] of words) {
        const { articles } = JSON.parse((await this.#sure(edge, `/v1/search?q=${word}&in=articles`)).body);
        assert.deepEqual(articles.map((a) => a.id), [id]);
      }
      const { total } = JSON.parse((await this.#sure(edge, "/v1/search?q=says&in=articles")).body);
      if (total !== undefined) assert.equal(total.articles ?? total, words.length);
      this.done.articles = words.length;
    }
  }

  async #sure(edge, path) {
    for (;;) {
      const answer = await edge.ask({ path });
      if (answer.status !== 503) return answer;
    }
  }
}

if (import.meta.filename === process.argv[1]) {
  const done = await soak(Number(process.argv[2] ?? 120), { log: (so) => console.log(JSON.stringify(so)) });
  console.log("every acknowledged article is found and no deleted one is:", JSON.stringify(done));
}
