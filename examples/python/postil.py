"""Postil's module for WASI in a Python program: a class for docs/abi.md."""

import json
import struct

from wasmtime_c import Crash, Instance, Library

VERSION = 1  # of the interface


class Error(Exception):
    """What the module says of a wrong call: code, detail, and errors in a glossary."""

    def __init__(self, body: bytes):
        self.body, said = body, json.loads(body)
        self.code, self.errors = said["code"], said.get("errors", [])
        super().__init__(f"{self.code}: {said['detail']}")


class Postil:
    """An instance of the module, for an index. One thread at a time may use it."""

    def __init__(self, library: Library, limit: int = -1):
        """Starts an instance whose memory may grow to limit bytes, or without a limit."""
        self.instance = Instance(library, limit)
        self.index = 0
        self.instance.call("_initialize", results=0)
        if (version := self.instance.call("postil_abi")) != VERSION:
            raise Crash(f"the module speaks version {version} of the interface, this program {VERSION}")
        self.result = self.instance.call("postil_result")  # where results are described

    def open(self, index: bytes):
        """Opens an index in the place of the one that was open."""
        if self.index:
            self.instance.call("postil_close", self.index)
        # The module takes the buffer over.
        self.index = self.instance.call("postil_open", self._put(index), len(index))
        if not self.index:
            raise Error(self._answer()[1])

    def ask(self, call: str, text: bytes = b"", options: bytes = b"") -> bytes:
        """Makes a call of docs/abi.md and returns the bytes of its answer."""
        buffer = self._put(options + text)
        self.instance.call("postil_" + call, 0 if call == "compile" else self.index, buffer, len(options), len(text))
        status, answer = self._answer()
        self.instance.call("postil_free", buffer)
        if status:
            raise Error(answer)
        return answer

    def annotate(self, text: str, **options) -> list:
        """The mentions in a text. Positions count characters, as Python does."""
        return self._json("annotate", text, {"offsets": "utf-32"} | options)["annotations"]

    def search(self, query: str, **options) -> list:
        """The articles that a query finds, best first."""
        return self._json("search", query, {"in": "articles"} | options)["articles"]

    def _json(self, call: str, text: str, options: dict):
        return json.loads(self.ask(call, text.encode(), json.dumps(options).encode()))

    def _put(self, content: bytes) -> int:
        buffer = self.instance.call("postil_alloc", len(content))
        if not buffer:
            raise Crash(f"the module has no buffer of {len(content)} bytes")
        self.instance.write(buffer, content)
        return buffer

    def _answer(self) -> tuple[int, bytes]:
        status, address, size = struct.unpack("<3I", self.instance.read(self.result, 12))
        return status, self.instance.read(address, size)

    def close(self):
        """Gives all memory back."""
        self.instance.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
