// The same with Orama.
import { create, insertMultiple, search } from "@orama/orama";
import articles from "./articles.json";

let index;

async function answer(query) {
  if (!index) {
    index = create({ schema: { title: "string", text: "string" } });
    await insertMultiple(index, articles, 2000);
  }
  const { count, hits } = await search(index, { term: query, properties: ["title", "text"], boost: { title: 2 }, limit: 10 });
  return { total: count, articles: hits.map(({ score, document: { id, title, url } }) => ({ id, title, url, score })) };
}

export default {
  fetch: async (request) => Response.json(await answer(new URL(request.url).searchParams.get("q"))),
};
