import { address, type, type Query } from "./api.ts";

/** The same request in other languages, to run as it is. */
export const snippets: Record<string, (query: Query) => string> = { curl, fetch: javascript, go, python };

const url = (query: Query) => location.origin + address(query);

/** A string as JavaScript, Go and Python all read it. */
const quoted = (text: string) => JSON.stringify(text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD"));

function curl(query: Query): string {
  const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  // The end of a here-document must not occur in the text.
  let end = "END";
  while (query.text.split("\n").includes(end)) end += "_";
  return [
    `curl -s ${shell(url(query))} \\`,
    `  -H ${shell("Content-Type: " + type(query))} --data-binary @- <<'${end}'`,
    query.text,
    end,
  ].join("\n");
}

function javascript(query: Query): string {
  return `const response = await fetch(${quoted(url(query))}, {
  method: "POST",
  headers: { "Content-Type": ${quoted(type(query))} },
  body: ${quoted(query.text)},
});
if (!response.ok) throw new Error((await response.json()).detail);
const { annotations, terms } = await response.json();
for (const { exact, term } of annotations) console.log(exact, terms[term].label);`;
}

function go(query: Query): string {
  return `package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"strings"
)

func main() {
	text := ${quoted(query.text)}
	response, err := http.Post(${quoted(url(query))}, ${quoted(type(query))}, strings.NewReader(text))
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		log.Fatal(response.Status)
	}
	var found struct {
		Annotations []struct{ Exact, Term string }
		Terms       map[string]struct{ Label string }
	}
	if err := json.NewDecoder(response.Body).Decode(&found); err != nil {
		log.Fatal(err)
	}
	for _, a := range found.Annotations {
		fmt.Println(a.Exact, found.Terms[a.Term].Label)
	}
}`;
}

function python(query: Query): string {
  return `import json
import urllib.request

text = ${quoted(query.text)}
request = urllib.request.Request(
    ${quoted(url(query))},
    data=text.encode(),
    headers={"Content-Type": ${quoted(type(query))}},
)
with urllib.request.urlopen(request) as response:
    found = json.load(response)
for annotation in found["annotations"]:
    print(annotation["exact"], found["terms"][annotation["term"]]["label"])`;
}
