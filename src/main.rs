//! The binary, which only calls the library.

fn main() -> std::process::ExitCode {
    watershed::cli::main()
}
