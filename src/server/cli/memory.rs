//! How the C library hands out memory, which a process can only be told by its environment, before it begins.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// From how many bytes on a block comes from the kernel by itself, and goes back to it by itself.
///
/// glibc raises this whenever such a block is freed, up to 32 MB. The columns of a large shop then grow among everything
/// else and leave holes as large as they were: a third more memory for half a million customers.
const OWN_BLOCK: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "262144");
/// How many heaps the threads share; of each there is a rest that nobody needs at the moment, and glibc makes eight for
/// each processor.
const HEAPS: &str = "MALLOC_ARENA_MAX";

/// Begins the program once more with both said, where nobody has said either. Where that cannot be, the program goes on
/// and takes more memory; another C library takes no notice.
pub fn say_how() {
    if [OWN_BLOCK.0, HEAPS].iter().any(|name| std::env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let mut again = Command::new(program);
    let mut arguments = std::env::args_os();
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    again.args(arguments);
    again.env(OWN_BLOCK.0, OWN_BLOCK.1).env(HEAPS, processors.to_string());
    // It only comes back where it failed.
    drop(again.exec());
}
