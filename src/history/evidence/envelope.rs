//! The signed form of a record: a DSSE envelope.
//!
//! A reader accepts the canonical form only, so that no byte of a file can be changed unnoticed, not
//! even one that no signature covers. An envelope that another program wrote in another form is
//! refused; `archlint evidence attach` writes the canonical one around its signature.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};

use super::{
    key::{PrivateKey, PublicKey},
    statement::Statement,
};
use crate::render::json;

/// The type of the payload.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// The maximum size of a record, in bytes.
pub const LARGEST: u64 = 64 << 20;

/// A payload with its signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Envelope {
    /// The statement, in base64.
    payload: String,
    /// The type of the payload.
    payload_type: String,
    /// The signatures; at least one.
    signatures: Vec<EnvelopeSignature>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvelopeSignature {
    /// The name of the key.
    keyid: String,
    /// The signature, in base64.
    sig: String,
}

/// The reason why a record is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is not JSON of the right shape, or ends early.
    #[error("the {what} is damaged or cut off: {reason}")]
    Damaged {
        /// `envelope` or `statement`.
        what: &'static str,
        /// The error of the parser.
        reason: String,
    },
    /// The JSON is another text for the same values, or has a value twice.
    #[error(
        "the {what} is not in its canonical form: byte {at} differs, so it was changed after it was written"
    )]
    NotCanonical {
        /// `envelope` or `statement`.
        what: &'static str,
        /// The first byte that differs, from 0.
        at: usize,
    },
    /// The payload is of another type.
    #[error("the payload is of type `{0}`, not `{PAYLOAD_TYPE}`")]
    PayloadType(String),
    /// The payload or a signature is not base64.
    #[error("the {0} is not base64")]
    NotBase64(&'static str),
    /// There is no signature of the key.
    #[error("the record is signed by the key {found}, not by the key {key}")]
    OtherKey {
        /// The names of the keys that signed.
        found: String,
        /// The name of the key that was given.
        key: String,
    },
    /// The signature is not one of the key for this payload.
    #[error("the signature does not fit: the payload or the signature was changed, or another key made it")]
    BadSignature,
    /// There are several signatures, of which only some are checked.
    #[error("the envelope has {0} signatures, and archlint writes one")]
    SeveralSignatures(usize),
}

/// Returns the bytes that a signature covers: the pre-authentication encoding of DSSE.
pub fn to_be_signed(payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {PAYLOAD_TYPE} {} ", PAYLOAD_TYPE.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

/// Returns the envelope of `statement`, signed by `key`.
pub fn sign(statement: &Statement, key: &PrivateKey) -> Envelope {
    let payload = statement.written();
    let signature = key.sign(&to_be_signed(payload.as_bytes()));
    envelope(&payload, &signature, &key.public())
}

/// Returns the envelope of `statement` with a signature that another program made.
///
/// # Errors
/// Returns an error if the signature is not one of `key`.
pub fn attach(statement: &Statement, signature: &[u8], key: &PublicKey) -> Result<Envelope, Refusal> {
    let payload = statement.written();
    match key.accepts(&to_be_signed(payload.as_bytes()), signature) {
        true => Ok(envelope(&payload, signature, key)),
        false => Err(Refusal::BadSignature),
    }
}

fn envelope(payload: &str, signature: &[u8], key: &PublicKey) -> Envelope {
    Envelope {
        payload: BASE64.encode(payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: vec![EnvelopeSignature { keyid: key.id(), sig: BASE64.encode(signature) }],
    }
}

impl Envelope {
    /// Returns the envelope in its canonical form.
    pub fn written(&self) -> String {
        json::pretty(self)
    }
}

/// Returns the statement in the envelope `bytes`, if `key` signed it.
///
/// # Errors
/// Returns the first reason to refuse it.
pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Statement, Refusal> {
    let envelope: Envelope = parse(bytes, "envelope", Envelope::written)?;
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(Refusal::PayloadType(envelope.payload_type));
    }
    let payload = BASE64.decode(&envelope.payload).map_err(|_| Refusal::NotBase64("payload"))?;
    let [signature] = envelope.signatures.as_slice() else {
        return Err(Refusal::SeveralSignatures(envelope.signatures.len()));
    };
    if signature.keyid != key.id() {
        return Err(Refusal::OtherKey { found: signature.keyid.clone(), key: key.id() });
    }
    let signature = BASE64.decode(&signature.sig).map_err(|_| Refusal::NotBase64("signature"))?;
    if !key.accepts(&to_be_signed(&payload), &signature) {
        return Err(Refusal::BadSignature);
    }
    read(&payload)
}

/// Returns the statement with the text `bytes`, which no envelope holds.
///
/// # Errors
/// Returns an error if the text is not that of a statement in its canonical form.
pub fn read(bytes: &[u8]) -> Result<Statement, Refusal> {
    parse(bytes, "statement", Statement::written)
}

/// Decodes a signature that another program wrote: as it is, or in base64 with spaces around it.
pub fn signature_of(bytes: &[u8]) -> Vec<u8> {
    let decoded = BASE64.decode(bytes.trim_ascii()).ok();
    decoded.filter(|signature| !signature.is_empty()).unwrap_or_else(|| bytes.to_vec())
}

fn parse<T: serde::de::DeserializeOwned>(
    bytes: &[u8],
    what: &'static str,
    written: impl Fn(&T) -> String,
) -> Result<T, Refusal> {
    let parsed: Result<T, _> = serde_json::from_slice(bytes);
    let value = parsed.map_err(|error| Refusal::Damaged { what, reason: error.to_string() })?;
    let canonical = written(&value);
    if canonical.as_bytes() != bytes {
        let same = canonical.bytes().zip(bytes).take_while(|(a, b)| a == *b).count();
        return Err(Refusal::NotCanonical { what, at: same });
    }
    Ok(value)
}
