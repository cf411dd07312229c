//! Pictures in the document.

use std::io;

use super::body::Page;
use super::markup::Markup;
use super::picture_id;
use crate::view::paper::Picture;

/// How many of the units in which pictures are measured make a twentieth of a point.
const UNITS: u64 = 635;

/// What an appendix's heading takes of the height of a page, in twentieths of a point.
const HEADING: u32 = 1_200;

/// A picture as large as the page has room for, below a heading.
pub(super) fn picture(
    markup: &mut Markup,
    picture: &Picture,
    number: usize,
    page: Page,
) -> io::Result<()> {
    let (width, height) = fitted(picture, page);
    let (width, height) = (width.to_string(), height.to_string());
    let (id, number) = (picture_id(number), number.to_string());
    let named = [("id", number.as_str()), ("name", id.as_str()), ("descr", &picture.says)];
    let size = [("cx", width.as_str()), ("cy", height.as_str())];
    let close = ["distT", "distB", "distL", "distR"].map(|side| (side, "0"));
    markup.within("w:p", &[], |markup| {
        markup.within("w:r", &[], |markup| {
            markup.within("w:drawing", &[], |markup| {
                markup.within("wp:inline", &close, |markup| {
                    markup.empty("wp:extent", &size)?;
                    markup.empty("wp:docPr", &named)?;
                    graphic(markup, &id, &named, &size)
                })
            })
        })
    })
}

fn graphic(
    markup: &mut Markup,
    id: &str,
    named: &[(&str, &str)],
    size: &[(&str, &str)],
) -> io::Result<()> {
    const KIND: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    markup.within("a:graphic", &[], |markup| {
        markup.within("a:graphicData", &[("uri", KIND)], |markup| {
            markup.within("pic:pic", &[], |markup| {
                markup.within("pic:nvPicPr", &[], |markup| {
                    markup.empty("pic:cNvPr", named)?;
                    markup.empty("pic:cNvPicPr", &[])
                })?;
                markup.within("pic:blipFill", &[], |markup| {
                    markup.empty("a:blip", &[("r:embed", id)])?;
                    markup.within("a:stretch", &[], |markup| markup.empty("a:fillRect", &[]))
                })?;
                markup.within("pic:spPr", &[], |markup| {
                    markup.within("a:xfrm", &[], |markup| {
                        markup.empty("a:off", &[("x", "0"), ("y", "0")])?;
                        markup.empty("a:ext", size)
                    })?;
                    markup.within("a:prstGeom", &[("prst", "rect")], |markup| {
                        markup.empty("a:avLst", &[])
                    })
                })
            })
        })
    })
}

/// The width and height of a picture that fills a page below its heading and keeps its shape.
fn fitted(picture: &Picture, page: Page) -> (u64, u64) {
    let room = |side: u32| u64::from(side) * UNITS;
    let (width, height) = (room(page.width()), room(page.height().saturating_sub(HEADING)));
    let (wide, high) = (u64::from(picture.width.max(1)), u64::from(picture.height.max(1)));
    if wide * height >= high * width {
        (width, (width * high / wide).max(1))
    } else {
        ((height * wide / high).max(1), height)
    }
}
