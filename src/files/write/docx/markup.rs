//! XML, an element within an element.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesEnd;
use quick_xml::events::BytesStart;
use quick_xml::events::BytesText;
use quick_xml::events::Event;

use crate::files::write::writable;

/// The names and values of an element.
pub(super) type Attributes<'a> = [(&'a str, &'a str)];

/// A part of a document as it is written.
pub(super) struct Markup(Writer<Vec<u8>>);

impl Markup {
    /// Begins a part.
    pub(super) fn new() -> io::Result<Self> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        Ok(Self(writer))
    }

    /// The part, whole.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_inner()
    }

    /// An element with others within.
    pub(super) fn within(
        &mut self,
        name: &str,
        attributes: &Attributes<'_>,
        inner: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))?;
        inner(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing within.
    pub(super) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds one value, as most of Word's do.
    pub(super) fn value(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.empty(name, &[("w:val", value)])
    }

    /// Words; what XML cannot hold is marked as lost.
    pub(super) fn text(&mut self, words: &str) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new(&writable(words))))
    }
}

fn start<'a>(name: &'a str, attributes: &Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*writable(value)));
    }
    start
}
