//! Run with MODULE and INDEX in the environment, beside WASMTIME: cargo test

use postil::{Error, Module, Postil};
use std::sync::OnceLock;

/// Compiled once, which takes seconds.
fn module() -> &'static Module {
    static MODULE: OnceLock<Module> = OnceLock::new();
    MODULE.get_or_init(|| Module::new(&file("MODULE")).expect("a module"))
}

fn file(variable: &str) -> Vec<u8> {
    std::fs::read(std::env::var(variable).expect(variable)).expect(variable)
}

fn opened(limit: i64) -> Postil<'static> {
    let mut postil = Postil::new(module(), limit).expect("an instance");
    postil.open(&file("INDEX")).expect("the index opens");
    postil
}

fn found(postil: &mut Postil, text: &str) -> usize {
    let answer = postil.ask("postil_annotate", b"", text.as_bytes()).expect("an answer");
    String::from_utf8(answer).expect("UTF-8").matches("\"term\":").count()
}

#[test]
fn errors_have_codes_and_the_instance_goes_on() {
    let mut postil = opened(-1);
    for (call, options, text, code) in [
        ("postil_annotate", &b"{\"nope\":1}"[..], &b"x"[..], "bad-option"),
        ("postil_annotate", b"", b"\xff", "bad-text"),
        ("postil_term", b"", b"nope", "not-found"),
        ("postil_search", b"", b"\"", "bad-query"),
    ] {
        match postil.ask(call, options, text) {
            Err(Error::Refused(body)) => assert!(String::from_utf8_lossy(&body).contains(code), "{code}"),
            other => panic!("{other:?}, want {code}"),
        }
    }
    assert!(matches!(postil.open(&file("INDEX")[..100]), Err(Error::Refused(_))));
    postil.open(&file("INDEX")).expect("the index opens again");
    assert_eq!(found(&mut postil, "Die Behörde."), 1);
}

#[test]
fn out_of_memory_ends_one_instance() {
    let mut crashed = opened(24 << 20);
    let long = "Die Behörde. ".repeat(1_000_000);
    assert!(matches!(crashed.ask("postil_annotate", b"", long.as_bytes()), Err(Error::Crashed(_))));
    drop(crashed);
    assert_eq!(found(&mut opened(24 << 20), "Die Behörde."), 1);
}

#[test]
fn no_module() {
    assert!(Module::new(b"no wasm").is_err());
}
