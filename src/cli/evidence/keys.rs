//! The keys that the command line names.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use crate::{
    base::{folder, text::Printable},
    history::evidence::key::{PrivateKey, PublicKey},
};

/// The maximum size of a key, in bytes.
const LARGEST_KEY: u64 = 64 << 10;

/// The choice of the key that signs.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Signing {
    /// Sign with the private key in this file: Ed25519 or ECDSA P-256, PKCS#8 in PEM
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Sign with the private key in this environment variable
    #[arg(long, value_name = "VARIABLE")]
    key_env: Option<String>,
    /// Write the bare statement, without an envelope and a signature
    #[arg(long)]
    unsigned: bool,
}

impl Signing {
    /// Reads the key; `None` if none is wanted.
    pub fn read(&self) -> anyhow::Result<Option<PrivateKey>> {
        let (pem, from) = match (&self.key, &self.key_env) {
            (Some(path), _) => (text(path)?, format!("`{}`", path.display())),
            (None, Some(name)) => {
                let unset =
                    || anyhow!("the environment variable `{}` is not set, or not text", Printable(name));
                (std::env::var(name).map_err(|_| unset())?, format!("the variable `{name}`"))
            }
            (None, None) => return Ok(None),
        };
        Ok(Some(PrivateKey::parse(&pem).with_context(|| format!("{from} is not usable as a private key"))?))
    }
}

/// The choice of the key that a record must be signed by.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Trust {
    /// The public key that must have signed the record, in PEM
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Check a bare statement, which nobody has signed
    #[arg(long)]
    unsigned: bool,
}

impl Trust {
    /// Reads the key; `None` if the record needs no signature.
    pub fn read(&self) -> anyhow::Result<Option<PublicKey>> {
        self.key.as_deref().map(public).transpose()
    }
}

/// Reads the public key in the file at `path`.
pub fn public(path: &Path) -> anyhow::Result<PublicKey> {
    let parsed = PublicKey::parse(&text(path)?);
    parsed.with_context(|| format!("`{}` is not usable as a public key", path.display()))
}

fn text(path: &Path) -> anyhow::Result<String> {
    folder::read_text(path, LARGEST_KEY)
        .with_context(|| format!("the key `{}` cannot be read", path.display()))
}

/// Reads the file at `path`, which has at most `most` bytes.
pub fn bytes(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    folder::read(path, most).with_context(|| format!("`{}` cannot be read", path.display()))
}
