// What of the client compiles, and what does not; client.test.mjs compiles it.
import { createClient, type components } from "../../client/client.ts";

type Schemas = components["schemas"];
const client = createClient("https://postil.example");
const line = '{"id":1,"text":"AGI"}\n';

export async function compiles(): Promise<void> {
  const found: Schemas["Answer"] = await client.post("/v1/annotate", { type: "text/plain", body: "AGI" });
  const page: string = await client.post("/v1/annotate", { type: "text/html", body: "<p>AGI" }, { accept: "text/html" });
  const lines: string = await client.post("/v1/annotate", { type: "application/x-ndjson", body: line });
  const linked: Schemas["AnnotationPage"] = await client.post("/v1/annotate", { type: "text/plain", body: "AGI" }, { accept: "application/ld+json" });
  const json: Schemas["Answer"] = await client.post("/v1/annotate", { type: "application/json", body: { text: "AGI" } });
  await client.post("/v1/annotate", { type: "application/json", body: { html: "<p>AGI", min_score: 0.7, explain: true } });
  const called: string = await client.call("post", "/v1/annotate", {}, { type: "application/x-ndjson", body: line });
  const gone = await client.call("delete", "/v1/articles/{id}", { path: { id: "chips" } });
  // That it is a string, and not what is every type.
  const length: [string] extends [typeof gone] ? number : never = gone.length;
  const marked: string = await client.get("/v1/page", { query: { url: "https://example.org/" } });
  const label: string = (await client.get("/v1/terms/{id}", { path: { id: "agi" } })).label;
  const index: string = (await client.get("/v1/search", { query: { q: "chips" } })).index;
  await client.get("/v1/terms");
  await client.get("/v1/terms", { query: { limit: 3 } });
  await client.call("get", "/v1/terms");
  await client.call("put", "/v1/articles/{id}", { path: { id: "chips" } }, { type: "text/html", body: "<p>A chip" });
  await client.call("post", "/s/{site}/v1/index/rollback", { path: { site: "news" } });
  console.log(found, page, lines, linked, json, called, length, marked, label, index);
}

export async function doesNot(): Promise<void> {
  // @ts-expect-error an option that there is none of
  await client.post("/v1/annotate", { type: "application/json", body: { text: "AGI", minScore: 0.7 } });
  const found = await client.post("/v1/annotate", { type: "application/json", body: { text: "AGI" } });
  // What is always in an answer needs no question mark, and what may be missing does.
  const score: number = found.annotations[0]!.score;
  // @ts-expect-error the reasons are there when they were asked for
  found.annotations[0]!.reasons.length;
  console.log(score);
  const batch = await client.post("/v1/annotate", { type: "application/x-ndjson", body: line });
  // @ts-expect-error a batch is answered in lines
  batch.annotations;
  // @ts-expect-error the path names a term
  await client.get("/v1/terms/{id}");
  // @ts-expect-error the path names a term
  await client.get("/v1/terms/{id}", { query: {} });
  // @ts-expect-error a search is for something
  await client.get("/v1/search");
  // @ts-expect-error a search is for something
  await client.get("/v1/search", { query: { limit: 3 } });
  // @ts-expect-error the path names an article
  await client.call("put", "/v1/articles/{id}", {}, { type: "text/html", body: "<p>A chip" });
  // @ts-expect-error the path names an article
  await client.send("delete", "/v1/articles/{id}", {});
  // @ts-expect-error there is no such form of an answer
  await client.get("/v1/terms", { accept: "text/csv" });
  // @ts-expect-error there is no such form of a body
  await client.post("/v1/annotate", { type: "text/markdown", body: "AGI" });
  // @ts-expect-error a path that there is none of
  await client.get("/v1/term");
}
