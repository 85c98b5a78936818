//! Links wasmtime's C library, libwasmtime.so, from the folder in WASMTIME.

fn main() {
    println!("cargo:rerun-if-env-changed=WASMTIME");
    let folder = std::env::var("WASMTIME").expect("WASMTIME must name the folder that has libwasmtime.so");
    println!("cargo:rustc-link-search=native={folder}");
    println!("cargo:rustc-link-lib=dylib=wasmtime");
    println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
}
