//! Answers the requests of a folder with the module for WASI in wasmtime, a line each.
//!
//!     parity MODULE FOLDER

mod base64;

use postil::{Error, Module, Postil};
use std::io::{BufWriter, Write};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, module, folder] = &arguments[..] else {
        return Err("usage: parity MODULE FOLDER".into());
    };
    let module = Module::new(&std::fs::read(module)?)?;
    let mut postil = Postil::new(&module, -1)?;
    let mut out = BufWriter::new(std::io::stdout());
    let mut opened = "";
    let requests = std::fs::read_to_string(Path::new(folder).join("requests.jsonl"))?;
    for line in requests.lines() {
        let index = member(line, "index");
        if !index.is_empty() && index != opened {
            postil.open(&std::fs::read(Path::new(folder).join(index))?)?;
            opened = index;
        }
        // Calls are written into the program, since the names of functions are.
        let call = CALLS
            .iter()
            .find(|call| call["postil_".len()..] == *member(line, "call"))
            .ok_or("a call that there is none of")?;
        let (failed, answer) = match postil.ask(call, &base64::decode(member(line, "options")), &base64::decode(member(line, "text"))) {
            Ok(answer) => (false, answer),
            Err(Error::Refused(answer)) => (true, answer),
            Err(crash) => return Err(crash.into()),
        };
        writeln!(
            out,
            r#"{{"name":"{}","failed":{failed},"answer":"{}"}}"#,
            member(line, "name"),
            base64::encode(&answer)
        )?;
    }
    Ok(out.flush()?)
}

/// A string of a line of JSON as package parity writes it, with its escapes; empty if there is none.
fn member<'l>(line: &'l str, name: &str) -> &'l str {
    let begin = format!("\"{name}\":\"");
    let Some(at) = line.find(&begin) else { return "" };
    let rest = &line[at + begin.len()..];
    let mut escaped = false;
    let end = rest.bytes().position(|b| {
        let closes = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        closes
    });
    &rest[..end.unwrap_or(rest.len())]
}

const CALLS: [&str; 13] = [
    "postil_annotate",
    "postil_annotate_html",
    "postil_mark_html",
    "postil_search",
    "postil_suggest",
    "postil_mentions",
    "postil_related",
    "postil_article",
    "postil_term",
    "postil_terms",
    "postil_info",
    "postil_verify",
    "postil_compile",
];
