//! `std::process`.

use crate::ffi::OsStr;
use crate::io;
use crate::path::Path;

pub fn abort() -> ! {}
pub fn exit(code: i32) -> ! {}
pub fn id() -> u32 {}

pub trait Termination {
    fn report(self) -> ExitCode;
}

pub struct Command {}

impl Command {
    pub fn new<S: AsRef<OsStr>>(program: S) -> Command {}
    pub fn arg<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command {}
    pub fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&mut self, args: I) -> &mut Command {}
    pub fn env<K: AsRef<OsStr>, V: AsRef<OsStr>>(&mut self, key: K, value: V) -> &mut Command {}
    pub fn envs<I: IntoIterator<Item = (K, V)>, K: AsRef<OsStr>, V: AsRef<OsStr>>(&mut self, vars: I) -> &mut Command {}
    pub fn env_remove<K: AsRef<OsStr>>(&mut self, key: K) -> &mut Command {}
    pub fn env_clear(&mut self) -> &mut Command {}
    pub fn current_dir<P: AsRef<Path>>(&mut self, dir: P) -> &mut Command {}
    pub fn stdin<T: Into<Stdio>>(&mut self, stdio: T) -> &mut Command {}
    pub fn stdout<T: Into<Stdio>>(&mut self, stdio: T) -> &mut Command {}
    pub fn stderr<T: Into<Stdio>>(&mut self, stdio: T) -> &mut Command {}
    pub fn spawn(&mut self) -> io::Result<Child> {}
    pub fn output(&mut self) -> io::Result<Output> {}
    pub fn status(&mut self) -> io::Result<ExitStatus> {}
    pub fn get_program(&self) -> &OsStr {}
    pub fn get_args(&self) -> CommandArgs {}
    pub fn get_envs(&self) -> CommandEnvs {}
    pub fn get_current_dir(&self) -> Option<&Path> {}
}

impl crate::fmt::Debug for Command {}

pub struct CommandArgs {}
impl Iterator for CommandArgs {
    type Item = &OsStr;
}
impl ExactSizeIterator for CommandArgs {}

pub struct CommandEnvs {}
impl Iterator for CommandEnvs {
    type Item = (&OsStr, Option<&OsStr>);
}

pub struct Stdio {}

impl Stdio {
    pub fn piped() -> Stdio {}
    pub fn inherit() -> Stdio {}
    pub fn null() -> Stdio {}
}

impl From<crate::fs::File> for Stdio {}
impl From<ChildStdin> for Stdio {}
impl From<ChildStdout> for Stdio {}
impl From<ChildStderr> for Stdio {}
impl From<io::PipeReader> for Stdio {}
impl From<io::PipeWriter> for Stdio {}
impl From<crate::os::fd::OwnedFd> for Stdio {}
impl crate::fmt::Debug for Stdio {}

pub struct Child {
    pub stdin: Option<ChildStdin>,
    pub stdout: Option<ChildStdout>,
    pub stderr: Option<ChildStderr>,
}

impl Child {
    pub fn kill(&mut self) -> io::Result<()> {}
    pub fn id(&self) -> u32 {}
    pub fn wait(&mut self) -> io::Result<ExitStatus> {}
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {}
    pub fn wait_with_output(self) -> io::Result<Output> {}
}

impl crate::fmt::Debug for Child {}

pub struct ChildStdin {}
impl io::Write for ChildStdin {}
impl crate::os::fd::AsRawFd for ChildStdin {}
impl crate::os::fd::AsFd for ChildStdin {}

pub struct ChildStdout {}
impl io::Read for ChildStdout {}
impl crate::os::fd::AsRawFd for ChildStdout {}
impl crate::os::fd::AsFd for ChildStdout {}

pub struct ChildStderr {}
impl io::Read for ChildStderr {}
impl crate::os::fd::AsRawFd for ChildStderr {}
impl crate::os::fd::AsFd for ChildStderr {}

pub struct Output {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Clone for Output {}
impl PartialEq for Output {}
impl crate::fmt::Debug for Output {}

pub struct ExitStatus {}

impl ExitStatus {
    pub fn success(&self) -> bool {}
    pub fn code(&self) -> Option<i32> {}
}

impl Clone for ExitStatus {}
impl Copy for ExitStatus {}
impl Default for ExitStatus {}
impl PartialEq for ExitStatus {}
impl crate::fmt::Debug for ExitStatus {}
impl crate::fmt::Display for ExitStatus {}

pub struct ExitCode {}

impl ExitCode {
    pub const SUCCESS: ExitCode = 0;
    pub const FAILURE: ExitCode = 0;
    pub fn exit_process(self) -> ! {}
}

impl Clone for ExitCode {}
impl Copy for ExitCode {}
impl Default for ExitCode {}
impl From<u8> for ExitCode {}
impl crate::fmt::Debug for ExitCode {}
impl Termination for ExitCode {}
impl Termination for () {}
