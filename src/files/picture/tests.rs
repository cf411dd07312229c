//! What is drawn is all there, within its room, and the same each time.

use proptest::prelude::*;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::Node;

use super::font::Face;
use super::font::drawable;
use super::layout::Layout;
use super::layout::layout;
use super::piece::Anchor;
use super::piece::Ink;
use super::piece::Piece;
use super::piece::Rect;
use super::piece::Words;
use super::*;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::action;
use crate::action::sample::actions;
use crate::action::sample::lead;
use crate::date::Target;
use crate::view::overview::Overview;
use crate::view::overview::Room;
use crate::view::overview::UNDRAWN;
use crate::view::overview::overview;
use crate::view::overview::sample::position;

/// Titles as plans have them, and as nobody should.
const TITLES: [&str; 6] = [
    "Review",
    "Publish a plain-English summary of the plan",
    "Share case studies of joint working between partners, with a page for each that residents can \
     read in five minutes, and put them before the board twice a year so that members may ask what \
     has been learned and what each of them will do next",
    "<&\"'> «Kärnten» – “Łódź” café Àrd-rìoghachd £5 × 2 → 🙂 שלום",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlung",
    "",
];

/// Targets near and far, wide and narrow, and none.
const TARGETS: [&str; 9] = [
    "March 2021",
    "2020/21 & 2021/22",
    "",
    "31/03/2021",
    "September 2020",
    "March 2079",
    "January 1980",
    "following the appointment of a new chair of the board by the ministers",
    "June – September 2021",
];

/// A page of so many actions of all sorts.
fn page(count: u32) -> Overview {
    let actions = (0..count).zip(TITLES.iter().cycle()).zip(TARGETS.iter().cycle());
    let actions =
        actions.zip(Status::ALL.iter().cycle()).map(|(((index, title), target), status)| {
            let reference = format!("IP-{}.{}", index * 3 / count + 1, index + 1);
            Action {
                title: (*title).into(),
                status: *status,
                moves: index % 3,
                first_target: Target::read(TARGETS[(index as usize + 4) % TARGETS.len()]),
                leads: vec![lead(
                    &"Partnership of Agencies ".repeat(index as usize % 4),
                    &[EXECUTIVE],
                )],
                standing: if index % 11 == 10 { Standing::SignedOff } else { Standing::Open },
                ..action(&reference, target)
            }
        });
    let mut pages = overview(&position(actions.collect(), "2020-10-26"));
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

fn words(layout: &Layout) -> impl Iterator<Item = &Words> {
    layout.pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(words),
        _ => None,
    })
}

/// What a line of words covers, from the height of its capitals to its baseline.
fn covers(words: &Words) -> Rect {
    let width = words.pen.face.width(&words.says);
    let x = match words.anchor {
        Anchor::Start => words.at.0,
        Anchor::Middle => words.at.0 - width / 2.0,
        Anchor::End => words.at.0 - width,
    };
    let height = words.pen.face.size * 0.7;
    Rect { x, y: words.at.1 - height, width, height }
}

/// Fails where something on a page is missing, cut off, or in the way of something else.
fn holds(page: &Overview) {
    let layout = layout(page);
    for row in page.rows() {
        let bars = layout
            .pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Bar { of, .. } if *of == row.reference));
        let drawn = row.window.is_some_and(|window| !page.axis.place(window).beyond);
        assert_eq!(bars.count(), usize::from(drawn), "bars of {}", row.reference);
        let named = words(&layout).filter(|words| words.says == row.reference).count();
        assert_eq!(named, 1, "{}", row.reference);
    }
    let left = if page.room == Room::Ample { 435.0 } else { 700.0 };
    for piece in &layout.pieces {
        let (rect, left) = match piece {
            Piece::Bar { rect, .. } => (*rect, left),
            Piece::Area { rect, .. } => (*rect, MARGIN),
            Piece::Words(words) => (covers(words), MARGIN),
            Piece::Sign { at, size, .. } => {
                (Rect { x: at.0, y: at.1, width: *size, height: *size }, MARGIN)
            }
            Piece::Line { .. } | Piece::Point { .. } => continue,
        };
        let within = rect.x >= left - 0.1
            && rect.right() <= WIDTH - MARGIN + 0.1
            && rect.y >= MARGIN - 0.1
            && (rect.y + rect.height) <= layout.height - MARGIN + 0.1;
        assert!(within, "{piece:?} of {}", layout.height);
        assert!(rect.width > 0.0 && rect.height > 0.0, "{piece:?}");
    }
    let all: Vec<&Words> = words(&layout).collect();
    for (index, one) in all.iter().enumerate() {
        let rect = covers(one);
        assert!(rect.width <= one.room + 0.1, "{} is wider than its room", one.says);
        for other in &all[index + 1..] {
            let next = covers(other);
            let apart = rect.right() <= next.x
                || next.right() <= rect.x
                || (rect.y + rect.height) <= next.y
                || next.y + next.height <= rect.y;
            assert!(apart, "{} lies on {}", one.says, other.says);
        }
    }
}

#[test]
fn everything_is_on_the_page_within_its_room() {
    for count in [0, 1, 3, 11, 18, 19, 60] {
        holds(&page(count));
    }
}

#[test]
fn a_bar_of_a_day_can_be_seen() {
    let day = action("IP-1.1", "31/03/2021");
    let years = action("IP-1.2", "2018/19 & 2019/20 & 2020/21 & 2021/22");
    let page = &overview(&position(vec![day, years], "2020-10-26"))[0];
    let narrow = layout(page).pieces.into_iter().find_map(|piece| match piece {
        Piece::Bar { rect, of, .. } if of == "IP-1.1" => Some(rect.width),
        _ => None,
    });
    assert!(narrow.expect("a bar") >= 14.0, "{narrow:?}");
}

#[test]
fn what_lies_beyond_the_axis_is_an_arrow_at_its_edge() {
    let far = action("IP-1.1", "March 2079");
    let page = &overview(&position(vec![far, action("IP-1.2", "")], "2020-10-26"))[0];
    let tips: Vec<f64> = layout(page)
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Point { corners, ink: Ink::Black } => Some(corners[2].0),
            _ => None,
        })
        .collect();
    assert_eq!(tips, [WIDTH - MARGIN]);
}

#[test]
fn a_letter_that_cannot_be_drawn_is_said_to_be_missing() {
    let with = |title: &str| {
        let action = Action { title: title.into(), ..action("IP-1.1", "March 2021") };
        let page = overview(&position(vec![action], "2020-10-26")).remove(0);
        let layout = layout(&page);
        words(&layout).any(|words| words.says == UNDRAWN)
    };
    assert!(with("🙂 Hold sessions"));
    assert!(!with("Hold sessions"));
}

#[track_caller]
fn shows(written: &str, drawn: &str) {
    assert_eq!(drawable(written), drawn);
}

#[test]
fn letters_are_drawn_or_replaced_and_never_vanish() {
    shows("“Łódź” – £5 × 2 → ½…", "“Łódź” – £5 × 2 → ½…");
    shows("Àrd-rìoghachd ċ ẁ ŵ Ελλ Київ", "Àrd-rìoghachd ċ ẁ ŵ Ελλ Київ");
    shows("re\u{2011}read", "re-read");
    shows("soft\u{AD}ly", "softly");
    shows("👍\u{1F3FD} שלום", "□ □□□□");
    shows("a\tb\u{0}\u{1B}\u{FFFF}", "a b");
}

#[test]
fn words_are_broken_between_words_and_cut_with_an_ellipsis() {
    let face = Face::regular(34.0);
    let wrap = |words: &str, lines| face.wrap(words, 320.0, lines);
    assert_eq!(wrap("Review", 2), ["Review"]);
    assert_eq!(wrap("", 2), Vec::<String>::new());
    assert_eq!(wrap("Publish a plain summary", 2), ["Publish a plain", "summary"]);
    assert_eq!(wrap("Publish a plain summary of all", 1), ["Publish a plain su…"]);
    assert_eq!(wrap("Publish a plain\u{A0}summary", 2), ["Publish a", "plain\u{A0}summary"]);
    assert_eq!(face.cut("Review", 320.0), "Review");
    assert_eq!(face.cut("Review", 1.0), "…");
}

#[test]
fn a_drawing_is_valid_and_says_what_it_shows() {
    let mut page = page(11);
    page.says_whole.push_str("\u{0}\u{FFFE}");
    let drawing = svg(&page);
    let tree = Tree::from_str(&drawing, &Options::default()).unwrap();
    assert!((tree.size().width() - 1200.0).abs() < 0.1);
    assert!(drawing.contains("role=\"img\""));
    assert!(
        drawing.contains("<title id=\"overview-title\">\nImprovement Plan\n</title>")
            || drawing.contains("<title id=\"overview-title\">Improvement Plan</title>")
    );
    assert!(drawing.contains("IP-1.4 &lt;&amp;"), "the description is whole and escaped");
    assert!(!drawing.contains(['\u{0}', '\u{FFFE}']));
    assert_eq!(drawing.matches("@font-face").count(), 2, "it brings its font");
}

#[test]
fn a_picture_has_the_size_of_its_page_and_is_the_same_each_time() {
    let page = page(3);
    let once = png(&page).unwrap();
    let picture = Pixmap::decode_png(&once.png).unwrap();
    assert_eq!(picture.width(), 1800);
    assert_eq!((once.width, once.height), (picture.width(), picture.height()));
    let height = f64::from(picture.height());
    assert!((height - layout(&page).height * 1.5).abs() <= 2.0, "{height}");
    assert_eq!(once, png(&page).unwrap());
    assert_eq!(svg(&page), svg(&page));
}

#[test]
fn words_are_no_wider_when_they_are_drawn_than_they_were_measured() {
    for (face, says) in [
        (Face::regular(34.0), "AVATAR To. Wave – offices fi ffl “Łódź” 2020/21"),
        (Face::bold(58.0), "Improvement Plan 2020-2022 £€×→□"),
    ] {
        let drawing = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='3000' height='100'>\
             <text x='0' y='70' font-size='{}' font-weight='{}'>{says}</text></svg>",
            face.size,
            face.weight.number()
        );
        let options = Options {
            font_family: FAMILY.to_owned(),
            fontdb: Arc::clone(&FONTS),
            ..Options::default()
        };
        let tree = Tree::from_str(&drawing, &options).unwrap();
        let Some(Node::Text(text)) = tree.root().children().first() else {
            panic!("the font is known: {says}");
        };
        let drawn = f64::from(text.bounding_box().width());
        let measured = face.width(says);
        assert!(drawn <= measured + 1.0 && drawn > measured * 0.9, "{drawn} of {measured}");
    }
}

/// The lightness of a colour, as the Web Content Accessibility Guidelines count it.
fn luminance(ink: Ink) -> f64 {
    let code = ink.code().trim_start_matches('#');
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&code[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

#[test]
fn words_and_bars_stand_out_from_what_they_stand_on() {
    let contrast = |one: Ink, other: Ink| {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    };
    for ground in [Ink::White, Ink::Haze, Ink::Mist] {
        for ink in [Ink::Black, Ink::Grey, Ink::Red, Ink::Amber, Ink::Blue, Ink::Green, Ink::Violet]
        {
            assert!(contrast(ink, ground) >= 4.5, "{ink:?} on {ground:?}");
        }
    }
    assert!(contrast(Ink::Lilac, Ink::Haze) >= 3.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn any_page_holds_together(
        drawn in proptest::collection::vec(actions(), 0..20), title in "[\\s\\S]{0,80}",
        target in "[\\s\\S]{0,60}",
    ) {
        let actions = drawn.into_iter().zip(1..).map(|(mut action, number)| {
            action.reference.number = number;
            action.title.clone_from(&title);
            action.first_target = Target::recorded(target.clone(), action.target.window());
            action.moves = number % 3;
            action.leads.push(lead(&target, &[]));
            action
        });
        let position = position(actions.collect(), "2020-10-26");
        for page in overview(&position) {
            holds(&page);
            let drawing = draw::document(&page, &layout(&page), None);
            prop_assert!(Tree::from_str(&drawing, &Options::default()).is_ok());
        }
    }

    #[test]
    fn wrapped_words_fit_and_lose_nothing_where_there_are_lines_enough(
        words in "[a-zA-Z ,–é]{0,80}", room in 60.0_f64..600.0,
    ) {
        let face = Face::regular(34.0);
        let lines = face.wrap(&words, room, usize::MAX);
        for line in &lines {
            prop_assert!(face.width(line) <= room, "{line:?} in {room}");
        }
        let letters = |words: &str| words.chars().filter(|letter| *letter != ' ').collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&words));
        for line in face.wrap(&words, room, 2) {
            prop_assert!(face.width(&line) <= room);
        }
    }
}
