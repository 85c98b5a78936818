"""Run with LIBRARY, MODULE and INDEX in the environment: python3 -m unittest"""

import os
import unittest
from pathlib import Path

from postil import Crash, Error, Library, Postil

INDEX = Path(os.environ["INDEX"]).read_bytes()
LIBRARY = Library(os.environ["LIBRARY"], Path(os.environ["MODULE"]).read_bytes())


def opened(limit: int = -1) -> Postil:
    postil = Postil(LIBRARY, limit)
    postil.open(INDEX)
    return postil


class Calls(unittest.TestCase):
    def test_positions_count_characters(self):
        text = "🎄 Die Behörden."
        with opened() as postil:
            (found,) = postil.annotate(text)
        self.assertEqual(text[found["start"] : found["end"]], "Behörden")

    def test_search(self):
        with opened() as postil:
            self.assertEqual([hit["id"] for hit in postil.search("behörde")], ["x"])

    def test_errors_have_codes_and_the_instance_goes_on(self):
        with opened() as postil:
            for code, call in {
                "bad-option": lambda: postil.annotate("x", nope=1),
                "bad-text": lambda: postil.ask("annotate", b"\xff"),
                "not-found": lambda: postil.ask("term", b"nope"),
                "bad-query": lambda: postil.search('"'),
                "bad-index": lambda: postil.open(INDEX[:100]),
                "bad-call": lambda: postil.annotate("x"),  # no index is open now
            }.items():
                with self.assertRaises(Error) as raised:
                    call()
                self.assertEqual(raised.exception.code, code)
            postil.open(INDEX)
            self.assertEqual(len(postil.annotate("Die Behörde.")), 1)

    def test_out_of_memory_ends_one_instance(self):
        crashed = opened(limit=24 << 20)
        with self.assertRaises(Crash):
            crashed.annotate("Die Behörde. " * 1_000_000)
        crashed.close()
        with opened(limit=24 << 20) as postil:
            self.assertEqual(len(postil.annotate("Die Behörde.")), 1)

    def test_a_call_that_there_is_none_of(self):
        with opened() as postil, self.assertRaisesRegex(Crash, "does not export postil_nope"):
            postil.ask("nope")

    def test_no_module(self):
        with self.assertRaises(Crash):
            Library(os.environ["LIBRARY"], b"no wasm")


if __name__ == "__main__":
    unittest.main()
