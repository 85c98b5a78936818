//! Postil's module for WASI in a Rust program: a type for docs/abi.md.

mod wasmtime;

use std::fmt;
pub use wasmtime::Module;
use wasmtime::{Crash, Instance};

const VERSION: u32 = 1; // of the interface

/// What a call can end with in place of an answer.
#[derive(Debug)]
pub enum Error {
    /// A wrong call, as the module explains it in JSON; the instance goes on working.
    Refused(Vec<u8>),
    /// The instance came to an end, or never began.
    Crashed(String),
}

impl From<Crash> for Error {
    fn from(crash: Crash) -> Error {
        Error::Crashed(crash.0)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Refused(body) => write!(f, "{}", String::from_utf8_lossy(body)),
            Error::Crashed(text) => write!(f, "the module crashed: {text}"),
        }
    }
}

impl std::error::Error for Error {}

/// An instance of the module, for an index.
pub struct Postil<'m> {
    instance: Instance<'m>,
    result: u32, // where results are described
    index: u32,
}

impl<'m> Postil<'m> {
    /// Starts an instance whose memory may grow to `limit` bytes, or without a limit if that is negative.
    pub fn new(module: &'m Module, limit: i64) -> Result<Postil<'m>, Error> {
        let mut instance = Instance::new(module, limit)?;
        instance.call("_initialize", &[], 0)?;
        let version = instance.call("postil_abi", &[], 1)?;
        if version != VERSION {
            return Err(Error::Crashed(format!(
                "the module speaks version {version} of the interface, this program {VERSION}"
            )));
        }
        let result = instance.call("postil_result", &[], 1)?;
        Ok(Postil { instance, result, index: 0 })
    }

    /// Opens an index in the place of the one that was open.
    pub fn open(&mut self, index: &[u8]) -> Result<(), Error> {
        if self.index != 0 {
            self.instance.call("postil_close", &[self.index], 1)?;
        }
        let buffer = self.put(&[index])?; // the module takes it over
        self.index = self.instance.call("postil_open", &[buffer, index.len() as u32], 1)?;
        match self.index {
            0 => Err(Error::Refused(self.answer()?.1)),
            _ => Ok(()),
        }
    }

    /// Makes a call of docs/abi.md, such as `postil_annotate`, and returns the bytes of its answer.
    pub fn ask(&mut self, call: &'static str, options: &[u8], text: &[u8]) -> Result<Vec<u8>, Error> {
        let buffer = self.put(&[options, text])?;
        let index = if call == "postil_compile" { 0 } else { self.index };
        self.instance.call(call, &[index, buffer, options.len() as u32, text.len() as u32], 1)?;
        let (status, answer) = self.answer()?;
        self.instance.call("postil_free", &[buffer], 1)?;
        match status {
            0 => Ok(answer),
            _ => Err(Error::Refused(answer)),
        }
    }

    fn put(&mut self, parts: &[&[u8]]) -> Result<u32, Error> {
        let size = parts.iter().map(|part| part.len()).sum();
        let buffer = self.instance.call("postil_alloc", &[size as u32], 1)?;
        if buffer == 0 {
            return Err(Error::Crashed(format!("the module has no buffer of {size} bytes")));
        }
        let mut room = self.instance.bytes(buffer, size)?;
        for part in parts {
            let (now, rest) = room.split_at_mut(part.len());
            now.copy_from_slice(part);
            room = rest;
        }
        Ok(buffer)
    }

    /// The status of the last call, and what it answered.
    fn answer(&mut self) -> Result<(u32, Vec<u8>), Error> {
        let described = self.instance.bytes(self.result, 12)?;
        let number = |i: usize| u32::from_le_bytes(described[4 * i..4 * i + 4].try_into().expect("four bytes"));
        let (status, address, size) = (number(0), number(1), number(2));
        Ok((status, self.instance.bytes(address, size as usize)?.to_vec()))
    }
}
