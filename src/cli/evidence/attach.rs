//! `archlint evidence attach`: the envelope around a signature that another program made.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{super::output, Outcome, keys};
use crate::history::evidence::envelope;

/// The maximum size of a signature, in bytes.
const LARGEST_SIGNATURE: u64 = 4 << 10;

/// Add a signature that another program made, such as cosign, openssl or a hardware module, to an
/// unsigned record
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The unsigned record
    #[arg(value_name = "STATEMENT")]
    statement: PathBuf,
    /// The signature of the bytes that `--payload` wrote: raw, or in base64; for ECDSA in DER
    #[arg(long, value_name = "FILE")]
    signature: PathBuf,
    /// The public key of the signature, in PEM
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let key = keys::public(&arguments.key)?;
    let statement = envelope::read(&keys::bytes(&arguments.statement, envelope::LARGEST)?)
        .with_context(|| format!("`{}` is no unsigned record", arguments.statement.display()))?;
    let signature = envelope::signature_of(&keys::bytes(&arguments.signature, LARGEST_SIGNATURE)?);
    let signed = envelope::attach(&statement, &signature, &key)
        .with_context(|| format!("`{}` is no signature of this record", arguments.signature.display()))?;
    let text = signed.written();
    output::deliver(arguments.output.as_deref(), Path::new(""), |out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}
