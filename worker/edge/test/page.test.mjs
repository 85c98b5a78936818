// Pages of a publisher's server, shown by the Worker: in a browser the reader
// gets cards, and what the page loads from its own server.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { findChromium, flags } from "../../../web/test/helpers/chromium.mjs";
import { startWrangler, stopWrangler } from "./wrangler.mjs";

const html = { "Content-Type": "text/html; charset=utf-8" };

const article = `<!doctype html>
<html lang="en"><head><title>Chips</title><link rel="stylesheet" href="style.css"><script src="/page.js"></script></head>
<body><nav>Menu</nav><div><p>The CMA opened a merger inquiry into a maker of TPUs.</p><p><a href="more">More</a></p></div></body></html>`;

/** Answers by path; each is given the request and the response. */
const answers = {
  "/news/article": (_, response) => response.writeHead(200, { ...html, "Content-Security-Policy": "default-src 'self'; base-uri 'none'" }).end(article),
  "/news/style.css": (_, response) => response.writeHead(200, { "Content-Type": "text/css" }).end("p { color: rgb(1, 2, 3) }"),
  "/page.js": (_, response) =>
    response.writeHead(200, { "Content-Type": "text/javascript" }).end("window.ran = origin; try { window.kept = localStorage.length } catch { window.kept = 'refused' }"),
  "/latin": (_, response) => response.writeHead(200, { "Content-Type": "text/html; charset=iso-8859-1" }).end(Buffer.from("<p>caf\xe9 CMA merger", "latin1")),
  "/gbk": (_, response) => response.writeHead(200, { "Content-Type": "text/html; charset=gbk" }).end(Buffer.from("<p>\xd6\xd0", "latin1")),
  "/moved": (_, response) => response.writeHead(302, { Location: "/news/article" }).end(),
  "/away": (_, response) => response.writeHead(302, { Location: "https://elsewhere.example/" }).end(),
  "/broken": (_, response) => response.writeHead(500).end(),
  "/long": (_, response) => response.writeHead(200, html).end("x".repeat((1 << 20) + 1)),
  "/slow": () => {},
  "/cookies": ({ headers }, response) => response.writeHead(200, { ...html, "Set-Cookie": "a=b" }).end(`<p>${headers.cookie}`),
};

describe("GET /v1/page at the edge", () => {
  let server, publisher, home, browser;
  before(async () => {
    publisher = http.createServer((request, response) => answers[request.url](request, response));
    await new Promise((ready) => publisher.listen(0, "127.0.0.1", ready));
    home = `http://127.0.0.1:${publisher.address().port}`;
    server = await startWrangler({ PAGE_ORIGINS: home });
    browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  });
  after(async () => {
    await browser?.close();
    if (server) stopWrangler(server);
    publisher?.closeAllConnections();
    publisher?.close();
  });

  const address = (path) => `/v1/page?url=${encodeURIComponent(home + path)}`;
  const ask = (path, headers) => server.ask({ path: address(path), headers });

  it("annotates, and injects the script once", async () => {
    const { status, headers, body } = await ask("/moved");
    assert.equal(status, 200, String(body));
    assert.match(String(body), /<span class="postil" data-postil="cma">CMA<\/span>/);
    assert.equal(String(body).split("/embed.js").length, 2);
    assert.match(String(body), new RegExp(`<base href="${home}/news/article">`));
    assert.equal((await ask("/news/article", { "If-None-Match": headers.etag })).status, 304);
  });

  it("reads other encodings with the platform's own tables", async () => {
    assert.match(String((await ask("/latin")).body), /café/);
    assert.match(String((await ask("/gbk")).body), /中/);
  });

  it("says what is wrong", async () => {
    const status = async (path) => (await server.ask({ path })).status;
    assert.equal(await status(address("/away")), 502);
    assert.equal(await status(address("/broken")), 502);
    assert.equal(await status(address("/long")), 422);
    assert.equal(await status(address("/slow")), 504);
    assert.equal(await status("/v1/page?url=https%3A%2F%2Felsewhere.example%2F"), 403);
    assert.equal(await status("/v1/page"), 422);
  });

  it("passes no cookie on", async () => {
    const { headers, body } = await ask("/cookies", { Cookie: "secret=1" });
    assert.equal(headers["set-cookie"], undefined);
    assert.match(String(body), /<p>undefined/);
  });

  it("gives the reader a card, and the page its own things", async () => {
    const page = await browser.newPage();
    const violations = [];
    page.on("console", (message) => violations.push(message.text()));
    await page.goto(`http://127.0.0.1:${server.port}${address("/news/article")}`);
    await page.locator('[data-postil="cma"][role=button]').click();
    await page.getByText("Competition and Markets Authority").first().waitFor();
    const seen = await page.evaluate(() => ({
      ran: window.ran,
      kept: window.kept,
      color: getComputedStyle(document.querySelector("p")).color,
      link: document.querySelector("p a").href,
      marks: document.querySelectorAll("[data-postil=cma]").length,
    }));
    assert.deepEqual(seen, { ran: "null", kept: "refused", color: "rgb(1, 2, 3)", link: `${home}/news/more`, marks: 1 });
    assert.deepEqual(violations, []);
  });
});
