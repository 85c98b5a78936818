//! Prints the mentions in a text, and the articles that a query finds, as the
//! JSON that the module answers with.
//!
//!     annotate MODULE INDEX QUERY < TEXT

use postil::{Module, Postil};
use std::error::Error;
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, module, index, query] = &arguments[..] else {
        return Err("usage: annotate MODULE INDEX QUERY < TEXT".into());
    };
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let module = Module::new(&std::fs::read(module)?)?;
    let mut postil = Postil::new(&module, -1)?;
    postil.open(&std::fs::read(index)?)?;
    let mut out = std::io::stdout();
    for answer in [
        postil.ask("postil_annotate", br#"{"offsets":"utf-8"}"#, &text)?,
        postil.ask("postil_search", b"", query.as_bytes())?,
    ] {
        out.write_all(&answer)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
