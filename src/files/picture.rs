//! The plan on a page as a drawing (SVG) and as a picture (PNG).
//!
//! The pages themselves, with all their words, come from `view::overview`. Here they are measured in
//! the font that is built in (`layout`), drawn (`draw`) and made into dots. Nothing depends on the
//! machine: no font but that one is used, and the same page gives the same bytes.

mod draw;
mod font;
mod layout;
mod piece;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use resvg::tiny_skia::Color;
use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg::Options;
use resvg::usvg::Tree;
use resvg::usvg::fontdb;
use thiserror::Error;

use crate::view::overview::Overview;
use font::FAMILY;
use font::Weight;

/// How wide a page is, in the units of its drawing.
pub(super) const WIDTH: f64 = 1200.0;

/// What stays empty on all sides.
pub(super) const MARGIN: f64 = 40.0;

/// How many dots of the picture make a unit of the drawing: at 1.5 a page printed across a sheet of A4
/// has 220 dots to the inch, and a phone has more than it can show.
const DOTS: f32 = 1.5;

/// The highest picture, in dots. A page of sixty rows is half as high; many programs refuse pictures
/// of more than 16,384.
const HEIGHT_MAX: f32 = 16_000.0;

/// Why a page could not be made into a picture. It is never what somebody wrote, for any words can be
/// drawn.
#[derive(Debug, Error)]
pub enum Undrawn {
    /// The drawing is not one that can be read.
    #[error("read the drawing of the plan")]
    Unreadable(#[from] resvg::usvg::Error),
    /// There is no room for so many dots.
    #[error("find room for a picture of {width} by {height} dots")]
    TooLarge {
        /// How wide it would be.
        width: u32,
        /// How high it would be.
        height: u32,
    },
    /// The dots could not be written.
    #[error("write the picture of the plan: {0}")]
    Unwritten(String),
}

/// A page as an SVG drawing, 1,200 units wide. It brings its font along, so that it looks the same
/// wherever it is opened, and says in words all that it shows.
pub fn svg(page: &Overview) -> String {
    draw::document(page, &layout::layout(page), Some(style()))
}

/// A page as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The picture, as a PNG file.
    pub png: Vec<u8>,
    /// How many dots it is wide.
    pub width: u32,
    /// How many dots it is high.
    pub height: u32,
}

/// A page as a PNG picture, 1,800 dots wide unless that would make it too high. [`Overview::says`] is
/// the description to send with it.
pub fn png(page: &Overview) -> Result<Drawn, Undrawn> {
    let drawing = draw::document(page, &layout::layout(page), None);
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree = Tree::from_str(&drawing, &options)?;
    let dots = DOTS.min(HEIGHT_MAX / tree.size().height());
    let size = tree.size().to_int_size();
    let size = size.scale_by(dots).unwrap_or(size);
    let (width, height) = (size.width(), size.height());
    let mut picture = Pixmap::new(width, height).ok_or(Undrawn::TooLarge { width, height })?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(dots, dots), &mut picture.as_mut());
    let png = picture.encode_png().map_err(|error| Undrawn::Unwritten(error.to_string()))?;
    Ok(Drawn { png, width, height })
}

/// The font that is built in, and no other.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for weight in [Weight::Regular, Weight::Bold] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(weight.bytes())));
    }
    Arc::new(fonts)
});

/// The font as a drawing brings it along.
fn style() -> String {
    let faces = [Weight::Regular, Weight::Bold].map(|weight| {
        format!(
            "@font-face{{font-family:\"{FAMILY}\";font-weight:{};\
             src:url(data:font/ttf;base64,{}) format(\"truetype\")}}",
            weight.number(),
            STANDARD.encode(weight.bytes())
        )
    });
    faces.concat()
}
