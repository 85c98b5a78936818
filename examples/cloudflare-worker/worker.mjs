// Stands in front of a site and adds Postil's tag to the head of its pages.
export default {
  async fetch(request, env) {
    const response = await fetch(request);
    if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
    return new HTMLRewriter().on("head", new Tag(env.POSTIL)).transform(response);
  },
};

class Tag {
  constructor(host) {
    this.src = new URL("/embed.js", host).href;
  }

  element(head) {
    head.append(`<script async src="${this.src}"></script>`, { html: true });
  }
}
