//! Where the program finds wasmtime's library when it runs.

fn main() {
    println!("cargo:rerun-if-env-changed=WASMTIME");
    println!(
        "cargo:rustc-link-arg=-Wl,-rpath,{}",
        std::env::var("WASMTIME").expect("WASMTIME must name the folder that has libwasmtime.so")
    );
}
