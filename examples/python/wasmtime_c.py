"""WebAssembly in Python without a package: wasmtime's C library through ctypes.

The names are those of the library's headers, wasmtime.h and wasi.h, of version
37. Any build of it will do: that of a release of wasmtime, or the one inside the
package "wasmtime" of PyPI.
"""

import ctypes
from ctypes import POINTER, byref, c_bool, c_char_p, c_int32, c_size_t, c_uint8, c_uint64, c_void_p


class _Func(ctypes.Structure):
    _fields_ = [("store_id", c_uint64), ("private", c_void_p)]


class _Memory(ctypes.Structure):
    _fields_ = [("store_id", c_uint64), ("private", c_uint64 * 2)]


class _Instance(ctypes.Structure):
    _fields_ = [("store_id", c_uint64), ("private", c_size_t)]


class _Item(ctypes.Union):
    _fields_ = [("func", _Func), ("memory", _Memory)]


class _Extern(ctypes.Structure):
    _fields_ = [("kind", c_uint8), ("of", _Item)]


class _Number(ctypes.Union):
    _fields_ = [("i32", c_int32), ("room", c_uint64 * 3)]


class _Val(ctypes.Structure):
    _fields_ = [("kind", c_uint8), ("of", _Number)]


class _Bytes(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("data", c_void_p)]


_FUNC, _MEMORY = 0, 3  # kinds of exports
_POINTER, _VOID = c_void_p, None
_FUNCTIONS = {  # name: result, parameters
    "wasm_engine_new": (_POINTER,),
    "wasm_engine_delete": (_VOID, c_void_p),
    "wasmtime_module_new": (_POINTER, c_void_p, c_char_p, c_size_t, POINTER(c_void_p)),
    "wasmtime_module_delete": (_VOID, c_void_p),
    "wasmtime_store_new": (_POINTER, c_void_p, c_void_p, c_void_p),
    "wasmtime_store_delete": (_VOID, c_void_p),
    "wasmtime_store_context": (_POINTER, c_void_p),
    "wasmtime_store_limiter": (_VOID, c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64),
    "wasmtime_context_set_wasi": (_POINTER, c_void_p, c_void_p),
    "wasi_config_new": (_POINTER,),
    "wasmtime_linker_new": (_POINTER, c_void_p),
    "wasmtime_linker_delete": (_VOID, c_void_p),
    "wasmtime_linker_define_wasi": (_POINTER, c_void_p),
    "wasmtime_linker_instantiate": (_POINTER, c_void_p, c_void_p, c_void_p, POINTER(_Instance), POINTER(c_void_p)),
    "wasmtime_instance_export_get": (c_bool, c_void_p, POINTER(_Instance), c_char_p, c_size_t, POINTER(_Extern)),
    "wasmtime_func_call": (_POINTER, c_void_p, POINTER(_Func), c_void_p, c_size_t, c_void_p, c_size_t, POINTER(c_void_p)),
    "wasmtime_memory_data": (_POINTER, c_void_p, POINTER(_Memory)),
    "wasmtime_memory_data_size": (c_size_t, c_void_p, POINTER(_Memory)),
    "wasmtime_error_message": (_VOID, c_void_p, POINTER(_Bytes)),
    "wasmtime_error_delete": (_VOID, c_void_p),
    "wasm_trap_message": (_VOID, c_void_p, POINTER(_Bytes)),
    "wasm_trap_delete": (_VOID, c_void_p),
    "wasm_byte_vec_delete": (_VOID, POINTER(_Bytes)),
}


class Crash(Exception):
    """The module cannot be started, or came to an end: the instance is of no more use."""


class Library:
    """wasmtime's C library, and an engine of it, which has compiled a module."""

    def __init__(self, file: str, module: bytes):
        self.c = ctypes.CDLL(file)
        for name, (result, *parameters) in _FUNCTIONS.items():
            function = getattr(self.c, name)
            function.restype, function.argtypes = result, parameters
        self.engine = self.c.wasm_engine_new()
        self.module = c_void_p()
        self.check(self.c.wasmtime_module_new(self.engine, module, len(module), byref(self.module)))

    def check(self, error, trap=None):
        """Raises what a function of the library returned, if that is an error."""
        for what, message, delete in (
            (error, self.c.wasmtime_error_message, self.c.wasmtime_error_delete),
            (trap and trap.value, self.c.wasm_trap_message, self.c.wasm_trap_delete),
        ):
            if what:
                said = _Bytes()
                message(what, byref(said))
                text = ctypes.string_at(said.data, said.size).rstrip(b"\0").decode(errors="replace")
                self.c.wasm_byte_vec_delete(byref(said))
                delete(what)
                raise Crash(text)

    def close(self):
        self.c.wasmtime_module_delete(self.module)
        self.c.wasm_engine_delete(self.engine)


class Instance:
    """A running module, with a clock and random numbers and nothing else of WASI."""

    def __init__(self, library: Library, limit: int = -1):
        self.library, c = library, library.c
        self.store = c.wasmtime_store_new(library.engine, None, None)
        c.wasmtime_store_limiter(self.store, limit, -1, -1, -1, -1)
        self.context = c.wasmtime_store_context(self.store)
        library.check(c.wasmtime_context_set_wasi(self.context, c.wasi_config_new()))
        linker, self.instance, trap = c.wasmtime_linker_new(library.engine), _Instance(), c_void_p()
        try:
            library.check(c.wasmtime_linker_define_wasi(linker))
            error = c.wasmtime_linker_instantiate(linker, self.context, library.module, byref(self.instance), byref(trap))
            library.check(error, trap)
        finally:
            c.wasmtime_linker_delete(linker)
        self.functions = {}
        self.memory = self._export("memory", _MEMORY).memory

    def _export(self, name: str, kind: int) -> _Item:
        item, written = _Extern(), name.encode()
        found = self.library.c.wasmtime_instance_export_get(self.context, byref(self.instance), written, len(written), byref(item))
        if not found or item.kind != kind:
            raise Crash(f"the module does not export {name}")
        return item.of

    def call(self, name: str, *numbers: int, results: int = 1) -> int:
        """Calls a function of numbers of 32 bits without a sign."""
        if name not in self.functions:
            self.functions[name] = self._export(name, _FUNC).func
        given, result, trap = (_Val * len(numbers))(), (_Val * results)(), c_void_p()
        for value, number in zip(given, numbers):
            value.of.i32 = number  # ctypes takes the lower 32 bits
        c = self.library.c
        self.library.check(c.wasmtime_func_call(self.context, byref(self.functions[name]), given, len(numbers), result, results, byref(trap)), trap)
        return result[0].of.i32 & 0xFFFFFFFF if results else 0

    def _at(self, address: int, size: int) -> int:
        """Where an address is in the process. That changes when the memory grows."""
        if address + size > self.library.c.wasmtime_memory_data_size(self.context, byref(self.memory)):
            raise Crash(f"{size} bytes at {address} are outside of the module's memory")
        return self.library.c.wasmtime_memory_data(self.context, byref(self.memory)) + address

    def read(self, address: int, size: int) -> bytes:
        return ctypes.string_at(self._at(address, size), size)

    def write(self, address: int, content: bytes):
        ctypes.memmove(self._at(address, len(content)), content, len(content))

    def close(self):
        self.library.c.wasmtime_store_delete(self.store)
