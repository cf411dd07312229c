//! The pieces of a page as a drawing.

use svg::Document;
use svg::node::Text as Letters;
use svg::node::element::Definitions;
use svg::node::element::Description;
use svg::node::element::Line;
use svg::node::element::Path;
use svg::node::element::Pattern;
use svg::node::element::Polygon;
use svg::node::element::Rectangle;
use svg::node::element::Style;
use svg::node::element::Text;
use svg::node::element::Title;
use svg::node::element::path::Data;

use super::WIDTH;
use super::font::FAMILY;
use super::font::drawable;
use super::layout::Layout;
use super::piece::Anchor;
use super::piece::Dash;
use super::piece::Fill;
use super::piece::Ink;
use super::piece::Piece;
use super::piece::Rect;
use super::piece::Stroke;
use super::piece::Words;
use super::piece::ink;
use crate::view::overview::Overview;
use crate::view::overview::Sign;

/// A page as a drawing, with a style sheet of its own where one is given.
pub(super) fn document(page: &Overview, layout: &Layout, style: Option<String>) -> String {
    let size = (number(WIDTH), number(layout.height));
    let mut drawing = Document::new()
        .set("viewBox", format!("0 0 {} {}", size.0, size.1))
        .set("width", size.0.clone())
        .set("height", size.1.clone())
        .set("role", "img")
        .set("lang", "en-GB")
        .set("xml:lang", "en-GB")
        .set("aria-labelledby", "overview-title overview-description")
        .set("font-family", format!("{FAMILY}, Verdana, sans-serif"))
        .add(Title::new(drawable(&page.title)).set("id", "overview-title"))
        .add(
            Description::new()
                .set("id", "overview-description")
                .add(Letters::new(readable(&page.says_whole))),
        );
    if let Some(style) = style {
        drawing = drawing.add(Style::new(style));
    }
    drawing = drawing.add(patterns()).add(
        Rectangle::new().set("width", size.0).set("height", size.1).set("fill", Ink::White.code()),
    );
    for piece in &layout.pieces {
        drawing = match piece {
            Piece::Area { rect, fill } | Piece::Bar { rect, fill, .. } => {
                drawing.add(area(*rect, *fill))
            }
            Piece::Line { from, to, stroke } => drawing.add(line(*from, *to, *stroke)),
            Piece::Sign { at, size, sign } => drawing.add(shape(*at, *size, *sign)),
            Piece::Point { corners, ink } => drawing.add(
                Polygon::new()
                    .set(
                        "points",
                        corners.map(|(x, y)| format!("{},{}", number(x), number(y))).join(" "),
                    )
                    .set("fill", ink.code()),
            ),
            Piece::Words(line) => drawing.add(words(line)),
        };
    }
    drawing.to_string()
}

/// Words that are read out and not drawn: all letters but those that XML forbids.
fn readable(words: &str) -> String {
    let allowed = |letter: &char| {
        *letter == '\n' || !(letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}'))
    };
    words.chars().filter(allowed).collect()
}

/// A length with a tenth of a unit, which is finer than a dot of the picture.
fn number(length: f64) -> String {
    let words = format!("{length:.1}");
    words.strip_suffix(".0").map_or(words.clone(), str::to_owned)
}

fn area(rect: Rect, fill: Fill) -> Rectangle {
    let (inside, edge) = match fill {
        Fill::Plain(ink) => (ink.code(), None),
        Fill::Outline(ink) => (Ink::White.code(), Some(ink)),
        Fill::Stripes(ink) => ("url(#overview-stripes)", Some(ink)),
        Fill::Chequers(ink) => ("url(#overview-chequers)", Some(ink)),
        Fill::Bars(ink) => ("url(#overview-bars)", Some(ink)),
        Fill::Pale(ink) => (PALE, Some(ink)),
    };
    let thick = EDGE.min(rect.height / 4.0);
    // The edge lies within the rectangle, so that a bar ends with its last day.
    let inset = if edge.is_some() { thick / 2.0 } else { 0.0 };
    let drawn = Rectangle::new()
        .set("x", number(rect.x + inset))
        .set("y", number(rect.y + inset))
        .set("width", number((rect.width - 2.0 * inset).max(1.0)))
        .set("height", number((rect.height - 2.0 * inset).max(1.0)))
        .set("rx", 3)
        .set("fill", inside);
    match edge {
        Some(ink) => drawn.set("stroke", ink.code()).set("stroke-width", number(thick)),
        None => drawn,
    }
}

/// How thick the outline of a bar is.
const EDGE: f64 = 4.0;

/// The ground of what is done.
const PALE: &str = "#d3ead9";

fn line(from: (f64, f64), to: (f64, f64), stroke: Stroke) -> Line {
    let drawn = Line::new()
        .set("x1", number(from.0))
        .set("y1", number(from.1))
        .set("x2", number(to.0))
        .set("y2", number(to.1))
        .set("stroke", stroke.ink.code())
        .set("stroke-width", number(stroke.width));
    match stroke.dash {
        Dash::Whole => drawn,
        Dash::Long => drawn.set("stroke-dasharray", "12 7"),
        Dash::Dots => drawn.set("stroke-dasharray", "3 7"),
        Dash::Mixed => drawn.set("stroke-dasharray", "14 5 3 5"),
    }
}

fn words(line: &Words) -> Text {
    let anchor = match line.anchor {
        Anchor::Start => "start",
        Anchor::End => "end",
        Anchor::Middle => "middle",
    };
    let drawn = Text::new(line.says.as_str())
        .set("x", number(line.at.0))
        .set("y", number(line.at.1))
        .set("font-size", number(line.pen.face.size))
        .set("font-weight", line.pen.face.weight.number())
        .set("fill", line.pen.ink.code())
        .set("text-anchor", anchor);
    if line.over_lines {
        return drawn
            .set("stroke", Ink::White.code())
            .set("stroke-width", 10)
            .set("stroke-linejoin", "round")
            .set("paint-order", "stroke");
    }
    drawn
}

/// The grounds of bars that have more than one colour.
fn patterns() -> Definitions {
    let pattern = |id: &str, width: u32, height: u32| {
        Pattern::new()
            .set("id", id)
            .set("width", width)
            .set("height", height)
            .set("patternUnits", "userSpaceOnUse")
    };
    let ground = |colour: &str, width: u32, height: u32| {
        Rectangle::new().set("width", width).set("height", height).set("fill", colour)
    };
    Definitions::new()
        .add(
            pattern("overview-stripes", 14, 14)
                .set("patternTransform", "rotate(45)")
                .add(ground("#fff1dc", 14, 14))
                .add(ground(Ink::Amber.code(), 6, 14)),
        )
        .add(
            pattern("overview-chequers", 12, 12)
                .add(ground(Ink::Black.code(), 12, 12))
                .add(ground("#9aa3ac", 5, 5)),
        )
        .add(pattern("overview-bars", 12, 12).add(ground(Ink::White.code(), 12, 12)).add(ground(
            Ink::Grey.code(),
            4,
            12,
        )))
}

/// A sign within a square.
fn shape((x, y): (f64, f64), size: f64, sign: Sign) -> Path {
    let at = |across: f64, down: f64| (x + size * across, y + size * down);
    let closed = |points: &[(f64, f64)]| {
        let mut data = Data::new();
        for (index, (across, down)) in points.iter().enumerate() {
            let place = at(*across, *down);
            data = if index == 0 { data.move_to(place) } else { data.line_to(place) };
        }
        data.close()
    };
    let ring = |radius: f64| {
        let radius_drawn = size * radius;
        Data::new()
            .move_to(at(0.5 - radius, 0.5))
            .elliptical_arc_to((
                radius_drawn,
                radius_drawn,
                0,
                1,
                0,
                x + size * (0.5 + radius),
                y + size * 0.5,
            ))
            .elliptical_arc_to((
                radius_drawn,
                radius_drawn,
                0,
                1,
                0,
                x + size * (0.5 - radius),
                y + size * 0.5,
            ))
            .close()
    };
    let colour = ink(sign).code();
    let filled = |data: Data| Path::new().set("d", data).set("fill", colour);
    let stroked = |data: Data, width: f64| {
        Path::new()
            .set("d", data)
            .set("fill", "none")
            .set("stroke", colour)
            .set("stroke-width", number(size * width))
    };
    match sign {
        Sign::Overdue => filled(closed(&[(0.5, 0.04), (1.0, 0.96), (0.0, 0.96)])),
        Sign::Due => filled(closed(&[(0.08, 0.02), (0.98, 0.5), (0.08, 0.98)])),
        Sign::Moved => stroked(closed(&[(0.14, 0.12), (0.9, 0.5), (0.14, 0.88)]), 0.14),
        Sign::NotStarted => stroked(ring(0.4), 0.14),
        Sign::OnTrack => filled(ring(0.46)),
        Sign::AtRisk => filled(closed(&[(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)])),
        Sign::Blocked => filled(closed(&[(0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94)])),
        Sign::OnHold => {
            let bars = Data::new().move_to(at(0.28, 0.04)).line_to(at(0.28, 0.96));
            stroked(bars.move_to(at(0.72, 0.04)).line_to(at(0.72, 0.96)), 0.24)
        }
        Sign::Complete => {
            let tick = Data::new().move_to(at(0.06, 0.54)).line_to(at(0.38, 0.86));
            stroked(tick.line_to(at(0.96, 0.14)), 0.18)
        }
    }
}
