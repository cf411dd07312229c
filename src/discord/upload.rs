//! A request with files beside its words.
//!
//! It is made by our own hand: serenity gives every file that is not in one of its own builders the
//! number 0, so that of two files one would be lost, and its builders come with typed replies,
//! which fail after Discord has taken the message.

use reqwest::Client;
use reqwest::RequestBuilder;
use reqwest::header::AUTHORIZATION;
use reqwest::header::HeaderValue;
use reqwest::header::USER_AGENT;
use reqwest::multipart::Form;
use reqwest::multipart::Part;
use serenity::constants;
use url::Url;

use crate::discord::rest::Call;

/// The address that serenity's routes begin with.
const DISCORD: &str = "https://discord.com";

/// The request; none if the call cannot be made into one.
pub(super) fn request(
    call: &Call<'_>,
    client: &Client,
    token: &str,
    base: Option<&str>,
) -> Option<RequestBuilder> {
    let path = call.route.path();
    let path = match base {
        Some(base) => path.replacen(DISCORD, base.trim_end_matches('/'), 1),
        None => path.into_owned(),
    };
    let mut token = HeaderValue::from_str(token).ok()?;
    token.set_sensitive(true);
    let request = client.request(call.method.reqwest_method(), Url::parse(&path).ok()?);
    let request = request.query(&call.params);
    let request = request.header(AUTHORIZATION, token).header(USER_AGENT, constants::USER_AGENT);
    Some(request.multipart(form(call)?))
}

/// The words first: whoever reads it knows what the files are when they come.
fn form(call: &Call<'_>) -> Option<Form> {
    let words = Part::text(call.body?.to_string()).mime_str("application/json").ok()?;
    let mut form = Form::new().part("payload_json", words);
    for (number, file) in call.files.iter().enumerate() {
        let kind = mime_guess::from_path(&file.name).first_or_octet_stream();
        let part = Part::bytes(file.bytes.clone()).file_name(file.name.clone());
        form = form.part(format!("files[{number}]"), part.mime_str(kind.essence_str()).ok()?);
    }
    Some(form)
}
