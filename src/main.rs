//! The `onibara` command.

fn main() -> std::process::ExitCode {
    onibara::server::run()
}
