//! The `yipin` program: everything it does is in the library; only the process ends here.

fn main() {}
