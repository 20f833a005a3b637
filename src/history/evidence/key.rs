//! Keys: Ed25519, and ECDSA on the curve P-256 with SHA-256; private keys as PKCS#8, public keys as
//! SubjectPublicKeyInfo, both in PEM, as `openssl` writes them.
//!
//! Only this file uses cryptography other than hashes. Signatures are deterministic (RFC 8032, RFC
//! 6979), so the same record and key give the same bytes.

use std::fmt;

use ed25519_dalek::{
    Signature, Signer as _, SigningKey,
    pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePublicKey as _},
};
use p256::ecdsa::{self, signature::Verifier as _};

use crate::base::digest::Sha256;

/// A private key.
pub enum PrivateKey {
    /// Ed25519.
    Ed25519(Box<SigningKey>),
    /// ECDSA on P-256.
    P256(Box<ecdsa::SigningKey>),
}

/// A public key.
#[derive(Debug, Clone)]
pub enum PublicKey {
    /// Ed25519.
    Ed25519(Box<ed25519_dalek::VerifyingKey>),
    /// ECDSA on P-256.
    P256(Box<ecdsa::VerifyingKey>),
}

/// The reason why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A public key where a private one is needed.
    #[error("it is a public key, and signing needs the private one")]
    IsPublic,
    /// A private key where a public one is needed.
    #[error("it is a private key; `openssl pkey -in KEY -pubout` writes the public one")]
    IsPrivate,
    /// An encrypted key.
    #[error("the key is encrypted; `openssl pkcs8 -in KEY -out PLAIN` decrypts it")]
    IsEncrypted,
    /// A key in the form of OpenSSH.
    #[error("the key has the form of OpenSSH; `ssh-keygen -p -m PKCS8 -f COPY` converts a copy of it")]
    IsOpenSsh,
    /// A key in the older form of openssl.
    #[error("the key has an older form; `openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW` converts it")]
    IsSec1,
    /// Something else.
    #[error(
        "it is no key of Ed25519 or of ECDSA on P-256 in PEM; `openssl genpkey -algorithm ed25519` makes one"
    )]
    Unknown,
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey")
    }
}

impl PrivateKey {
    /// Reads a private key.
    ///
    /// # Errors
    /// Returns an error that says what the text is instead.
    pub fn parse(pem: &str) -> Result<Self, KeyError> {
        let pem = pem.trim();
        if let Ok(key) = SigningKey::from_pkcs8_pem(pem) {
            return Ok(Self::Ed25519(Box::new(key)));
        }
        if let Ok(key) = ecdsa::SigningKey::from_pkcs8_pem(pem) {
            return Ok(Self::P256(Box::new(key)));
        }
        Err(if pem.contains("BEGIN PUBLIC KEY") { KeyError::IsPublic } else { other(pem) })
    }

    /// Returns the public key.
    pub fn public(&self) -> PublicKey {
        match self {
            Self::Ed25519(key) => PublicKey::Ed25519(Box::new(key.verifying_key())),
            Self::P256(key) => PublicKey::P256(Box::new(*key.verifying_key())),
        }
    }

    /// Returns the signature of `message`, for ECDSA in DER.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
            Self::P256(key) => {
                let signature: ecdsa::DerSignature = key.sign(message);
                signature.as_bytes().to_vec()
            }
        }
    }
}

impl PublicKey {
    /// Reads a public key.
    ///
    /// # Errors
    /// Returns an error that says what the text is instead.
    pub fn parse(pem: &str) -> Result<Self, KeyError> {
        let pem = pem.trim();
        if let Ok(key) = ed25519_dalek::VerifyingKey::from_public_key_pem(pem) {
            return Ok(Self::Ed25519(Box::new(key)));
        }
        if let Ok(key) = ecdsa::VerifyingKey::from_public_key_pem(pem) {
            return Ok(Self::P256(Box::new(key)));
        }
        Err(if pem.contains("BEGIN PRIVATE KEY") { KeyError::IsPrivate } else { other(pem) })
    }

    /// Returns the name of the key: the SHA-256 of its SubjectPublicKeyInfo in DER, as `openssl pkey
    /// -pubin -in KEY -outform DER | sha256sum` prints it.
    pub fn id(&self) -> String {
        let der = match self {
            Self::Ed25519(key) => key.to_public_key_der().map(|der| der.as_bytes().to_vec()).ok(),
            Self::P256(key) => key.to_public_key_der().map(|der| der.as_bytes().to_vec()).ok(),
        };
        Sha256::of(&der.unwrap_or_default()).sha256
    }

    /// Returns whether `signature` is one of this key for `message`.
    pub fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Ed25519(key) => Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Self::P256(key) => ecdsa::DerSignature::try_from(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
        }
    }
}

/// Returns what a text is that is no key of the right kind.
fn other(pem: &str) -> KeyError {
    let known = [
        ("BEGIN ENCRYPTED PRIVATE KEY", KeyError::IsEncrypted),
        ("BEGIN OPENSSH PRIVATE KEY", KeyError::IsOpenSsh),
        ("BEGIN EC PRIVATE KEY", KeyError::IsSec1),
    ];
    known.into_iter().find(|(mark, _)| pem.contains(mark)).map_or(KeyError::Unknown, |(_, error)| error)
}
