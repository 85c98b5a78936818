// What one would write without Postil: MiniSearch over the same articles, built
// when the first request comes.
import MiniSearch from "minisearch";
import articles from "./articles.json";

let index;

function search(query) {
  if (!index) {
    index = new MiniSearch({ fields: ["title", "text"], storeFields: ["title", "url"] });
    index.addAll(articles);
  }
  const hits = index.search(query, { boost: { title: 2 } });
  return { total: hits.length, articles: hits.slice(0, 10).map(({ id, title, url, score }) => ({ id, title, url, score })) };
}

export default {
  fetch: (request) => Response.json(search(new URL(request.url).searchParams.get("q"))),
};
