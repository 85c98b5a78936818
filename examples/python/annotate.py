"""Prints the mentions in a text, and the articles that a query finds.

    python3 annotate.py LIBRARY MODULE INDEX QUERY < TEXT
"""

import sys
from pathlib import Path

from postil import Crash, Error, Library, Postil


def main(library: str, module: str, index: str, query: str):
    text = sys.stdin.buffer.read().decode()
    with Postil(Library(library, Path(module).read_bytes())) as postil:
        postil.open(Path(index).read_bytes())
        for found in postil.annotate(text):
            start, end = found["start"], found["end"]
            print(f"{start}-{end} {text[start:end]}: {found['term']} {found['score']}")
        for hit in postil.search(query):
            print(f"{query}: {hit['title']}")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: " + __doc__.strip().splitlines()[-1].strip())
    try:
        main(*sys.argv[1:])
    except (Crash, Error, OSError) as problem:
        sys.exit(f"annotate.py: {problem}")
