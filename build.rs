//! Rebuilds the program when a bundled theme gains or loses a file: they are embedded in the binary.

fn main() {
    println!("cargo::rerun-if-changed=themes");
}
