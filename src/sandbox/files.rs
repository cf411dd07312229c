//! The page's own files, held in the program, and the files attached to messages.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;

use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::town::Town;

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Where each file of the page is found, what kind it is, and what it says.
pub(crate) const FILES: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("page/page.html")),
    ("/page.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("/icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    ("/page-channels.js", SCRIPT, include_str!("page/page-channels.js")),
    ("/page-clock.js", SCRIPT, include_str!("page/page-clock.js")),
    ("/page-commands.js", SCRIPT, include_str!("page/page-commands.js")),
    ("/page-components.js", SCRIPT, include_str!("page/page-components.js")),
    ("/page-composer.js", SCRIPT, include_str!("page/page-composer.js")),
    ("/page-dom.js", SCRIPT, include_str!("page/page-dom.js")),
    ("/page-field.js", SCRIPT, include_str!("page/page-field.js")),
    ("/page-file.js", SCRIPT, include_str!("page/page-file.js")),
    ("/page-form.js", SCRIPT, include_str!("page/page-form.js")),
    ("/page-log.js", SCRIPT, include_str!("page/page-log.js")),
    ("/page-markup.js", SCRIPT, include_str!("page/page-markup.js")),
    ("/page-menu.js", SCRIPT, include_str!("page/page-menu.js")),
    ("/page-message.js", SCRIPT, include_str!("page/page-message.js")),
    ("/page-server.js", SCRIPT, include_str!("page/page-server.js")),
    ("/page-suggestions.js", SCRIPT, include_str!("page/page-suggestions.js")),
    ("/page-time.js", SCRIPT, include_str!("page/page-time.js")),
    ("/page-welcome.js", SCRIPT, include_str!("page/page-welcome.js")),
    ("/page-world.js", SCRIPT, include_str!("page/page-world.js")),
    ("/page.js", SCRIPT, include_str!("page/page.js")),
];

/// The page loads nothing from outside, and nothing it shows may.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

pub(crate) fn routes() -> Router<Arc<Town>> {
    let attached = Router::new().route("/attachments/{id}/{name}", get(file));
    FILES.iter().fold(attached, |routes, (path, kind, text)| {
        routes.route(path, get(async || fixed(kind, text)))
    })
}

fn fixed(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}

/// A file attached to a message or given to a command. Only pictures are shown in place; the rest
/// is for saving.
async fn file(State(town): State<Arc<Town>>, Path((id, _)): Path<(String, String)>) -> Response {
    let found = id.parse().ok().and_then(|id| find(&town, id));
    let Some((content_type, bytes)) = found else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let shown = ["image/png", "image/jpeg", "image/gif", "image/webp"];
    let way = if shown.contains(&content_type.as_str()) { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, content_type.as_str()),
        (header::CONTENT_DISPOSITION, way),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, bytes.to_vec()).into_response()
}

fn find(town: &Town, id: Snowflake) -> Option<(String, Arc<[u8]>)> {
    let world = town.world();
    let messages = world.channels.iter().flat_map(|channel| channel.messages.values());
    let attached = messages.flat_map(|message| &message.files);
    let file = attached.chain(&world.at_hand).find(|file| file.id == id)?;
    Some((file.content_type.clone(), Arc::clone(world.files.get(&id)?)))
}
