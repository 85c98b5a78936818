//! WebAssembly without a crate: wasmtime's C library.
//!
//! The declarations are those of its headers, wasmtime.h and wasi.h, of version 37.

use std::collections::HashMap;
use std::ffi::{c_char, c_void};
use std::ptr::null_mut;

type Pointer = *mut c_void;

#[repr(C)]
#[derive(Clone, Copy)]
struct Func {
    store_id: u64,
    private: Pointer,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Memory {
    store_id: u64,
    private: [u64; 2],
}

#[repr(C)]
struct InstanceId {
    store_id: u64,
    private: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
union Item {
    func: Func,
    memory: Memory,
}

#[repr(C)]
struct Extern {
    kind: u8,
    of: Item,
}

#[repr(C)]
#[derive(Clone, Copy)]
union Number {
    i32: i32,
    room: [u64; 3],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Val {
    kind: u8,
    of: Number,
}

#[repr(C)]
struct Bytes {
    size: usize,
    data: *mut u8,
}

const FUNC: u8 = 0; // kinds of exports
const MEMORY: u8 = 3;

extern "C" {
    fn wasm_engine_new() -> Pointer;
    fn wasm_engine_delete(engine: Pointer);
    fn wasmtime_module_new(engine: Pointer, wasm: *const u8, size: usize, module: *mut Pointer) -> Pointer;
    fn wasmtime_module_delete(module: Pointer);
    fn wasmtime_store_new(engine: Pointer, data: Pointer, finalizer: Pointer) -> Pointer;
    fn wasmtime_store_delete(store: Pointer);
    fn wasmtime_store_context(store: Pointer) -> Pointer;
    fn wasmtime_store_limiter(store: Pointer, memory: i64, elements: i64, instances: i64, tables: i64, memories: i64);
    fn wasmtime_context_set_wasi(context: Pointer, config: Pointer) -> Pointer;
    fn wasi_config_new() -> Pointer;
    fn wasmtime_linker_new(engine: Pointer) -> Pointer;
    fn wasmtime_linker_delete(linker: Pointer);
    fn wasmtime_linker_define_wasi(linker: Pointer) -> Pointer;
    fn wasmtime_linker_instantiate(linker: Pointer, context: Pointer, module: Pointer, instance: *mut InstanceId, trap: *mut Pointer) -> Pointer;
    fn wasmtime_instance_export_get(context: Pointer, instance: *const InstanceId, name: *const c_char, size: usize, item: *mut Extern) -> bool;
    fn wasmtime_func_call(
        context: Pointer,
        func: *const Func,
        given: *const Val,
        n: usize,
        results: *mut Val,
        m: usize,
        trap: *mut Pointer,
    ) -> Pointer;
    fn wasmtime_memory_data(context: Pointer, memory: *const Memory) -> *mut u8;
    fn wasmtime_memory_data_size(context: Pointer, memory: *const Memory) -> usize;
    fn wasmtime_error_message(error: Pointer, message: *mut Bytes);
    fn wasmtime_error_delete(error: Pointer);
    fn wasm_trap_message(trap: Pointer, message: *mut Bytes);
    fn wasm_trap_delete(trap: Pointer);
    fn wasm_byte_vec_delete(bytes: *mut Bytes);
}

/// The module cannot be started, or came to an end: the instance is of no more use.
#[derive(Debug)]
pub struct Crash(pub String);

/// Makes an error of what a function of the library returned.
fn check(error: Pointer, trap: Pointer) -> Result<(), Crash> {
    if error.is_null() && trap.is_null() {
        return Ok(());
    }
    let mut said = Bytes { size: 0, data: null_mut() };
    // One of the two is set, and is ours to delete, as is the message.
    unsafe {
        if error.is_null() {
            wasm_trap_message(trap, &mut said);
            wasm_trap_delete(trap);
        } else {
            wasmtime_error_message(error, &mut said);
            wasmtime_error_delete(error);
        }
        let text = String::from_utf8_lossy(std::slice::from_raw_parts(said.data, said.size))
            .trim_end_matches('\0')
            .to_string();
        wasm_byte_vec_delete(&mut said);
        Err(Crash(text))
    }
}

/// A module that is compiled. Instances of it borrow it.
pub struct Module {
    engine: Pointer,
    module: Pointer,
}

// The library lets any thread make instances of a module.
unsafe impl Send for Module {}
unsafe impl Sync for Module {}

impl Module {
    pub fn new(wasm: &[u8]) -> Result<Module, Crash> {
        let mut m = Module {
            engine: unsafe { wasm_engine_new() },
            module: null_mut(),
        };
        check(
            unsafe { wasmtime_module_new(m.engine, wasm.as_ptr(), wasm.len(), &mut m.module) },
            null_mut(),
        )?;
        Ok(m)
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        unsafe {
            if !self.module.is_null() {
                wasmtime_module_delete(self.module);
            }
            wasm_engine_delete(self.engine);
        }
    }
}

/// A running module, with a clock and random numbers and nothing else of WASI.
pub struct Instance<'m> {
    store: Pointer,
    context: Pointer,
    instance: InstanceId,
    memory: Memory,
    functions: HashMap<&'static str, Func>,
    module: std::marker::PhantomData<&'m Module>,
}

impl<'m> Instance<'m> {
    /// Starts a module whose memory may grow to `limit` bytes, or without a limit if that is negative.
    pub fn new(module: &'m Module, limit: i64) -> Result<Instance<'m>, Crash> {
        unsafe {
            let store = wasmtime_store_new(module.engine, null_mut(), null_mut());
            wasmtime_store_limiter(store, limit, -1, -1, -1, -1);
            let memory = Memory {
                store_id: 0,
                private: [0; 2],
            };
            let instance = InstanceId { store_id: 0, private: 0 };
            let context = wasmtime_store_context(store);
            let mut new = Instance {
                store,
                context,
                instance,
                memory,
                functions: HashMap::new(),
                module: std::marker::PhantomData,
            };
            check(wasmtime_context_set_wasi(context, wasi_config_new()), null_mut())?;
            let (linker, mut trap) = (wasmtime_linker_new(module.engine), null_mut());
            let started = check(wasmtime_linker_define_wasi(linker), null_mut()).and_then(|()| {
                check(
                    wasmtime_linker_instantiate(linker, context, module.module, &mut new.instance, &mut trap),
                    trap,
                )
            });
            wasmtime_linker_delete(linker);
            started?;
            new.memory = new.export("memory", MEMORY)?.memory;
            Ok(new)
        }
    }

    fn export(&self, name: &str, kind: u8) -> Result<Item, Crash> {
        let mut item = Extern {
            kind: 0,
            of: Item { memory: self.memory },
        };
        let found = unsafe { wasmtime_instance_export_get(self.context, &self.instance, name.as_ptr().cast(), name.len(), &mut item) };
        if found && item.kind == kind {
            return Ok(item.of);
        }
        Err(Crash(format!("the module does not export {name}")))
    }

    /// Calls a function of numbers of 32 bits that has a result, or none.
    pub fn call(&mut self, name: &'static str, numbers: &[u32], results: usize) -> Result<u32, Crash> {
        let func = match self.functions.get(name) {
            Some(func) => *func,
            None => unsafe { self.export(name, FUNC)?.func },
        };
        self.functions.insert(name, func);
        let given: Vec<Val> = numbers
            .iter()
            .map(|&n| Val {
                kind: 0,
                of: Number { i32: n as i32 },
            })
            .collect();
        let (mut result, mut trap) = (
            [Val {
                kind: 0,
                of: Number { i32: 0 },
            }],
            null_mut(),
        );
        let error = unsafe { wasmtime_func_call(self.context, &func, given.as_ptr(), given.len(), result.as_mut_ptr(), results, &mut trap) };
        check(error, trap)?;
        Ok(unsafe { result[0].of.i32 } as u32)
    }

    /// A part of the module's memory, which moves when it grows.
    pub fn bytes(&mut self, address: u32, size: usize) -> Result<&mut [u8], Crash> {
        unsafe {
            if address as usize + size > wasmtime_memory_data_size(self.context, &self.memory) {
                return Err(Crash(format!("{size} bytes at {address} are outside of the module's memory")));
            }
            Ok(std::slice::from_raw_parts_mut(
                wasmtime_memory_data(self.context, &self.memory).add(address as usize),
                size,
            ))
        }
    }
}

impl Drop for Instance<'_> {
    fn drop(&mut self) {
        unsafe { wasmtime_store_delete(self.store) }
    }
}

impl std::fmt::Display for Crash {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Crash {}
