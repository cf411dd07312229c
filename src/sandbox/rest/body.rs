//! The body of a request: JSON, or JSON with files beside it.

use axum::body::to_bytes;
use axum::extract::FromRequest;
use axum::extract::Multipart;
use axum::extract::Request;
use axum::http::header;
use serde_json::Map;
use serde_json::Value;

use crate::sandbox::limits;
use crate::sandbox::rest::refusal::Refusal;

/// Ten files of ten mebibytes, and room for the rest.
const BODY_MAX: usize = (limits::FILES_MAX + 1) * limits::FILE_BYTES_MAX;

/// A body, taken apart.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) json: Option<Value>,
    pub(crate) files: Vec<Upload>,
}

/// A file that came with a request.
pub(crate) struct Upload {
    /// The number in `files[n]`, by which the JSON speaks of it.
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
}

impl Body {
    pub(crate) async fn read(request: Request) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return Self::read_parts(request).await;
        }
        let bytes =
            to_bytes(request.into_body(), BODY_MAX).await.map_err(|_| Refusal::file_too_large())?;
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let json = serde_json::from_slice(&bytes).map_err(|_| Refusal::not_json())?;
        Ok(Self { json: Some(json), files: Vec::new() })
    }

    async fn read_parts(request: Request) -> Result<Self, Refusal> {
        let mut parts =
            Multipart::from_request(request, &()).await.map_err(|_| Refusal::not_json())?;
        let mut body = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|_| Refusal::not_json())? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "payload_json" {
                let text = part.text().await.map_err(|_| Refusal::not_json())?;
                body.json = Some(serde_json::from_str(&text).map_err(|_| Refusal::not_json())?);
                continue;
            }
            let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
            let number = number.and_then(|number| number.parse().ok());
            let number = number.ok_or_else(Refusal::not_json)?;
            let file_name = part.file_name().unwrap_or("file").to_owned();
            let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = part.bytes().await.map_err(|_| Refusal::file_too_large())?;
            if bytes.len() > limits::FILE_BYTES_MAX {
                return Err(Refusal::file_too_large());
            }
            body.files.push(Upload {
                number,
                name: file_name,
                content_type,
                bytes: bytes.to_vec(),
            });
        }
        Ok(body)
    }

    /// The JSON, which must be an object.
    pub(crate) fn object(&self) -> Result<&Map<String, Value>, Refusal> {
        self.json.as_ref().and_then(Value::as_object).ok_or_else(Refusal::not_json)
    }
}
