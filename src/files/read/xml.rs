//! The elements of a part of an Office file, by their names without prefixes.
//!
//! Names alone are enough: the strict and the transitional forms of these formats, and what other
//! programs write, differ in their namespaces and agree in their names. No entity is expanded but
//! those of XML itself.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use crate::files::read::limit::DEPTH_MAX;
use crate::files::read::limit::PIECES_MAX;
use crate::files::read::refusal::Refusal;

/// An element with all that is in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: Box<str>,
    /// What is in it, in order.
    pub(super) nodes: Vec<Node>,
    attributes: Vec<(Box<str>, Box<str>)>,
}

/// What may be in an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Another element.
    Element(Element),
    /// Words.
    Text(String),
}

impl Element {
    /// The root element of a part, which is at most [`DEPTH_MAX`] deep.
    pub(super) fn parse(file: &str, path: &str, text: &str) -> Result<Self, Refusal> {
        Self::grown(file, path, text, PIECES_MAX)
    }

    /// The root element of a part of at most so many pieces.
    fn grown(file: &str, path: &str, text: &str, pieces: usize) -> Result<Self, Refusal> {
        let mut growth = Growth { open: vec![Self::default()], left: pieces };
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().map_err(|_| Fault::Malformed).and_then(|e| growth.take(e)) {
                Ok(true) => {}
                Ok(false) => break,
                Err(Fault::TooFull) => return Err(Refusal::TooFull { file: file.to_owned() }),
                Err(Fault::Malformed) => return Err(malformed(file, path)),
            }
        }
        // What is open at the end is the root's parent alone, or an element was never closed.
        let root = growth.open.pop().filter(|_| growth.open.is_empty());
        let nodes = root.map(|root| root.nodes).unwrap_or_default();
        let root = nodes.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        });
        root.ok_or_else(|| malformed(file, path))
    }

    /// The elements in it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of that name in it.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children().filter(move |child| &*child.name == name)
    }

    /// The first element of that name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| &*child.name == name)
    }

    /// The element that those names lead to, each in the one before.
    pub(super) fn descend(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Whether it has an element of one of those names in it, however deep.
    pub(super) fn holds(&self, names: &[&str]) -> bool {
        self.children().any(|child| names.contains(&&*child.name) || child.holds(names))
    }

    /// An attribute, by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| &**known == name).map(|(_, value)| &**value)
    }

    /// An attribute that is a number; none where it is missing or is not.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// The `val` of an element of that name in it, which is how Word keeps its settings.
    pub(super) fn setting(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Whether it has an element of that name which is not switched off.
    pub(super) fn is_set(&self, name: &str) -> bool {
        let off = |value: &str| ["0", "false", "off", "none"].contains(&value);
        self.child(name).is_some_and(|child| !child.attribute("val").is_some_and(off))
    }

    /// The words directly in it.
    pub(super) fn text(&self) -> String {
        let mut words = String::new();
        for node in &self.nodes {
            if let Node::Text(text) = node {
                words.push_str(text);
            }
        }
        words
    }
}

enum Fault {
    Malformed,
    TooFull,
}

/// The elements that are open, the outermost first.
struct Growth {
    open: Vec<Element>,
    /// How many pieces there may still be.
    left: usize,
}

impl Growth {
    /// Takes in what comes next; false at the end.
    fn take(&mut self, event: Event<'_>) -> Result<bool, Fault> {
        match event {
            Event::Start(start) => {
                let element = self.element(&start)?;
                if self.open.len() > DEPTH_MAX {
                    return Err(Fault::TooFull);
                }
                self.open.push(element);
            }
            Event::Empty(start) => {
                let element = self.element(&start)?;
                self.add(Node::Element(element))?;
            }
            Event::End(_) => {
                let element = self.open.pop().ok_or(Fault::Malformed)?;
                self.add(Node::Element(element))?;
            }
            Event::Text(text) => self.words(&text.xml10_content())?,
            Event::CData(text) => self.words(&text.xml10_content())?,
            Event::GeneralRef(reference) => self.words(&meant(&reference)?)?,
            Event::DocType(_) => return Err(Fault::Malformed),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return Ok(false),
        }
        Ok(true)
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element, Fault> {
        let mut element =
            Element { name: start.local_name().as_ref().into(), ..Element::default() };
        // Two attributes alike are harmless here, and looking for them takes time.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Fault::Malformed)?;
            self.count()?;
            if !attribute.key.as_ref().starts_with("xmlns") {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|_| Fault::Malformed)?;
                let name = attribute.key.local_name().as_ref().into();
                element.attributes.push((name, value.into()));
            }
        }
        Ok(element)
    }

    /// Words that follow words are one text.
    fn words(&mut self, words: &str) -> Result<(), Fault> {
        let nodes = self.open.last_mut().map(|element| &mut element.nodes);
        if let Some(Node::Text(before)) = nodes.and_then(|nodes| nodes.last_mut()) {
            before.push_str(words);
            return Ok(());
        }
        self.add(Node::Text(words.into()))
    }

    fn add(&mut self, node: Node) -> Result<(), Fault> {
        self.count()?;
        self.open.last_mut().ok_or(Fault::Malformed)?.nodes.push(node);
        Ok(())
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.left = self.left.checked_sub(1).ok_or(Fault::TooFull)?;
        Ok(())
    }
}

/// What a reference such as `&amp;` or `&#8211;` stands for.
fn meant(reference: &BytesRef<'_>) -> Result<String, Fault> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|_| Fault::Malformed)? {
        return Ok(letter.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(reference);
    known.map(str::to_owned).ok_or(Fault::Malformed)
}

fn malformed(file: &str, path: &str) -> Refusal {
    Refusal::Broken {
        file: file.to_owned(),
        what: format!("its part {path} is not written as it should be"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Element, Refusal> {
        Element::parse("plan.docx", "part.xml", text)
    }

    #[test]
    fn words_are_read_whole() {
        let root = parse("<a x:b='1 &amp; 2'>R&amp;D &#8211; <![CDATA[<x>]]><!-- no -->!</a>");
        let root = root.expect("it is XML");
        assert_eq!(root.text(), "R&D – <x>!");
        assert_eq!(root.attribute("b"), Some("1 & 2"));
    }

    #[test]
    fn what_is_not_well_written_is_refused() {
        let bad = ["", "words", "<a>", "<a></b>", "</a>", "<a/></b>", "<a>&x;</a>", "<a b></a>"];
        for text in bad {
            let refusal = parse(text).expect_err(text).to_string();
            assert!(refusal.starts_with("plan.docx is damaged: its part part.xml is"), "{refusal}");
        }
    }

    #[test]
    fn no_entity_is_expanded() {
        let text = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
        assert!(matches!(parse(text), Err(Refusal::Broken { .. })));
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(parse(&nested(DEPTH_MAX)).is_ok());
        let refused = parse(&nested(DEPTH_MAX + 1));
        assert_eq!(refused, Err(Refusal::TooFull { file: "plan.docx".into() }));
        assert!(parse(&"<a>".repeat(1_000_000)).is_err());
    }

    #[test]
    fn a_part_of_too_many_pieces_is_refused() {
        let grown = |pieces| Element::grown("plan.docx", "part.xml", "<a b=''>c<d/></a>", pieces);
        assert!(grown(4).is_ok());
        assert_eq!(grown(3), Err(Refusal::TooFull { file: "plan.docx".into() }));
    }
}
