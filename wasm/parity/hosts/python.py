"""Answers the requests of a folder with the module for WASI in wasmtime, a line each.

    python3 wasm/parity/hosts/python.py LIBRARY MODULE FOLDER
"""

import base64
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "examples/python"))
from postil import Error, Library, Postil


def main(library: str, module: str, folder: str):
    postil, opened = Postil(Library(library, Path(module).read_bytes())), ""
    for line in (Path(folder) / "requests.jsonl").read_bytes().splitlines():
        request = json.loads(line)
        index = request.get("index", "")
        if index and index != opened:
            postil.open((Path(folder) / index).read_bytes())
            opened = index
        text, options = (base64.b64decode(request.get(name, "")) for name in ("text", "options"))
        try:
            answer, failed = postil.ask(request["call"], text, options), False
        except Error as error:
            answer, failed = error.body, True
        print(json.dumps({"name": request["name"], "failed": failed, "answer": base64.b64encode(answer).decode()}))


main(*sys.argv[1:])
