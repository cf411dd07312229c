//! Bytes to letters, whatever program wrote them.

use encoding_rs::Encoding;
use encoding_rs::MACINTOSH;
use encoding_rs::UTF_8;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;
use encoding_rs::WINDOWS_1252;

/// How many bytes are looked at to tell UTF-16 without a mark.
const LOOK: usize = 4_096;

/// Letters and marks that stand in English, Gaelic and the names people write among them. A guess
/// of the encoding that makes these is likelier than one that makes others.
const LIKELY: &str = "‘’“”–—…•€£¼½¾°·©®™\u{a0}ÀÈÌÒÙàèìòùÁÉÍÓÚáéíóúçöüñêâô";

/// A text, and what is not certain about its letters.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) doubt: Option<String>,
}

/// The text in bytes: by its mark, else as UTF-16 where every other byte is zero, else as UTF-8,
/// else as Windows or a Mac would have written it, whichever gives likelier letters.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return marked(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return marked(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), doubt: None },
        Err(_) if is_mostly_utf_8(bytes) => marked(UTF_8, bytes),
        Err(_) => older(bytes),
    }
}

fn marked(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
    let doubt = is_damaged.then(|| {
        "Some letters of the file are damaged and stand as \u{fffd}. Look for it and mend the words."
            .to_owned()
    });
    Decoded { text: text.into_owned(), doubt }
}

/// UTF-16 without its mark: nearly every pair of bytes is a zero and something else.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes[..bytes.len().min(LOOK)].as_chunks::<2>();
    let little = pairs.iter().filter(|[low, high]| *low != 0 && *high == 0).count();
    let big = pairs.iter().filter(|[high, low]| *low != 0 && *high == 0).count();
    // Seven in ten: the others may be dashes, quotation marks and the like.
    let is_most = |count: usize| pairs.len() > 1 && count * 10 >= pairs.len() * 7;
    match (is_most(little), is_most(big)) {
        (true, _) => Some(UTF_16LE),
        (_, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether more letters beyond ASCII are good UTF-8 than not, as in a file that was cut or mended
/// in the wrong program.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn older(bytes: &[u8]) -> Decoded {
    let (windows, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let (mac, _) = MACINTOSH.decode_without_bom_handling(bytes);
    let likely = |text: &str| text.chars().filter(|letter| LIKELY.contains(*letter)).count();
    let (text, keeper) =
        if likely(&mac) > likely(&windows) { (mac, "an older Mac") } else { (windows, "Windows") };
    let mut letters: Vec<char> = Vec::new();
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        if letters.len() < 3 && !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    let letters: Vec<String> = letters.into_iter().map(String::from).collect();
    let doubt = format!(
        "The file does not say how it keeps letters beyond a to z, so they are read as {keeper} \
         keeps them: {}. If they look wrong, save the file as UTF-8 and send it again.",
        letters.join(" ")
    );
    Decoded { text: text.into_owned(), doubt: Some(doubt) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "June – September, CPWD’s “café” £5";

    #[test]
    fn every_encoding_gives_the_same_words() {
        let check = |bytes: &[u8], doubted: bool| {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, WORDS);
            assert_eq!(decoded.doubt.is_some(), doubted, "{:?}", decoded.doubt);
        };
        let units: Vec<u16> = WORDS.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        check(WORDS.as_bytes(), false);
        check(&[b"\xef\xbb\xbf", WORDS.as_bytes()].concat(), false);
        check(&[b"\xff\xfe", little.as_slice()].concat(), false);
        check(&[b"\xfe\xff", big.as_slice()].concat(), false);
        check(&little, false);
        check(&big, false);
        check(b"June \x96 September, CPWD\x92s \x93caf\xe9\x94 \xa35", true);
        check(b"June \xd0 September, CPWD\xd5s \xd2caf\x8e\xd3 \xa35", true);
    }

    #[test]
    fn a_guess_of_the_letters_is_said() {
        let windows = decode(b"CPWD\x92s plan").doubt.expect("it is a guess");
        assert!(windows.contains("as Windows keeps them: ’. If"), "{windows}");
        let mac = decode(b"CPWD\xd5s plan").doubt.expect("it is a guess");
        assert!(mac.contains("as an older Mac keeps them: ’. If"), "{mac}");
        assert!(decode(b"Creag Mh\xf2r").text.ends_with("Mhòr"));
    }

    #[test]
    fn a_damaged_letter_is_said_and_spoils_no_other() {
        let whole = "a – b – c –".as_bytes();
        let decoded = decode(&whole[..whole.len() - 1]);
        assert_eq!(decoded.text, "a – b – c \u{fffd}");
        assert!(decoded.doubt.expect("it is damaged").contains("damaged"));
    }
}
