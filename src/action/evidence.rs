//! What shows that an update is so: a file or a page, by its address.

use std::fmt::Write;

use thiserror::Error;
use url::Host;
use url::Url;

/// The longest address that is taken, in characters: more than chats and document stores make, and
/// short enough to stand on a card.
pub const ADDRESS_MAX: usize = 1_000;

/// What shows that an update is so. What stands at the address is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A file that somebody attached.
    File {
        /// Its name, as they had it.
        name: String,
        /// Where the chat keeps it, for as long as it does.
        address: String,
    },
    /// A page.
    Page {
        /// Where it is.
        address: String,
    },
}

impl Evidence {
    /// The page that words give the address of. A browser would write the address so: without
    /// spaces, and in letters that every program takes.
    pub fn page(words: &str) -> Result<Self, NotAnAddress> {
        let words = words.trim();
        let refused = || NotAnAddress(words.to_owned());
        let url = Url::parse(words).map_err(|_| refused())?;
        let has_a_host = matches!(url.host(), Some(Host::Domain(_) | Host::Ipv4(_)));
        let leads_to_a_page = matches!(url.scheme(), "http" | "https") && has_a_host;
        // A name before the host is how an address is made to look like another.
        let hides_its_host = !url.username().is_empty() || url.password().is_some();
        let address = plain_letters(url.as_str());
        if !leads_to_a_page || hides_its_host || address.len() > ADDRESS_MAX {
            return Err(refused());
        }
        Ok(Self::Page { address })
    }

    /// The file of that name at an address that the chat gives.
    pub fn file(name: &str, address: &str) -> Result<Self, NotAnAddress> {
        Self::page(address).map(|page| match page {
            Self::Page { address } => Self::File { name: name.to_owned(), address },
            file @ Self::File { .. } => file,
        })
    }

    /// The same as the file of that name, where its address ends with it; else as it is.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        let mut of_that_name = Url::parse("https://any.example/").ok();
        if let Some(Ok(mut path)) = of_that_name.as_mut().map(Url::path_segments_mut) {
            path.pop().push(name);
        }
        let wanted = of_that_name.map(|url| plain_letters(url.path())).unwrap_or_default();
        match self {
            Self::Page { address } if !name.is_empty() && path_of(&address).ends_with(&wanted) => {
                Self::File { name: name.to_owned(), address }
            }
            other => other,
        }
    }

    /// Where it is: a web address of plain letters, at most [`ADDRESS_MAX`] long.
    pub fn address(&self) -> &str {
        match self {
            Self::File { address, .. } | Self::Page { address } => address,
        }
    }

    /// The name of a file; none for a page.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::File { name, .. } => Some(name),
            Self::Page { .. } => None,
        }
    }
}

/// An address without what is asked of the page there.
fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

/// An address in which nothing could be read as a mark of the text around it; it leads where it led.
fn plain_letters(address: &str) -> String {
    let last = address.len().saturating_sub(1);
    let mut plain = String::with_capacity(address.len());
    for (at, letter) in address.char_indices() {
        // At the end these are read as the end of a sentence, or of what is marked.
        let ends = at == last && matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '_' | '~');
        if ends || !(letter.is_ascii_alphanumeric() || "-._~:/?#&=%+,;!$".contains(letter)) {
            let _ = write!(plain, "%{:02X}", u32::from(letter));
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// Words are not the address of a page; the text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "\"{0}\" is not the address of a page. Copy it whole from the browser: it begins with https://."
)]
pub struct NotAnAddress(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Option<&str>) {
        let page = Evidence::page(words);
        assert_eq!(page.as_ref().ok().map(Evidence::address), expected, "{words}");
    }

    #[test]
    fn an_address_leads_to_a_page_and_shows_where() {
        check("https://wdc.example/minutes.pdf", Some("https://wdc.example/minutes.pdf"));
        check("  http://wdc.example ", Some("http://wdc.example/"));
        check("https://wdc.example/a b", Some("https://wdc.example/a%20b"));
        check("https://wdc.example/é", Some("https://wdc.example/%C3%A9"));
        check("HTTPS://WDC.example/A_b?x=1#top", Some("https://wdc.example/A_b?x=1#top"));
        check("https://wdc.example/@us/(1)*", Some("https://wdc.example/%40us/%281%29%2A"));
        check("https://wdc.example/what_?", Some("https://wdc.example/what_%3F"));
        check("https://[::1]/a", None);
        check("https://www.gov.example@elsewhere.example/", None);
        check("javascript:alert(1)", None);
        check("mailto:amira@wdc.example", None);
        check("file:///etc/passwd", None);
        check("wdc.example/minutes", None);
        check("see the minutes", None);
        check("", None);
        check("https://", None);
        let longest = format!("https://wdc.example/{}", "a".repeat(ADDRESS_MAX - 20));
        check(&longest, Some(&longest));
        check(&format!("{longest}a"), None);
    }

    #[test]
    fn a_file_is_known_by_the_end_of_its_address() {
        let is_a_file = |address: &str, name: &str| {
            let page = Evidence::page(address).expect("the test writes an address");
            page.named(name).name().map(str::to_owned)
        };
        let draft = Some("draft (2).docx".to_owned());
        let kept = "https://chat.example/1/2/draft%20(2).docx?ex=1&hm=2";
        assert_eq!(is_a_file(kept, "draft (2).docx"), draft);
        assert_eq!(is_a_file(kept, "(2).docx"), None);
        assert_eq!(is_a_file(kept, ""), None);
        assert_eq!(is_a_file("https://wdc.example/minutes", "draft (2).docx"), None);
    }

    #[test]
    fn a_refused_address_is_named() {
        let refused = Evidence::page(" the minutes ").unwrap_err().to_string();
        assert_eq!(
            refused,
            "\"the minutes\" is not the address of a page. Copy it whole from the browser: it \
             begins with https://."
        );
    }
}
