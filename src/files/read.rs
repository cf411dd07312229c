//! A file of any kind in which plans are kept, as the lines and tables that stand in it.
//!
//! What a file is, is told by what is in it, and by its name only where that leaves it open: people
//! send a CSV named `.txt` and a Word document named `.doc`. What it means is none of this room's
//! business.

pub mod limit;
pub mod refusal;

mod encoding;
mod gathering;
mod json;
mod kind;
mod markdown;
mod moment;
mod opendocument;
mod package;
mod separated;
mod sheets;
mod text;
mod word;
mod workbook;
mod xml;

#[cfg(test)]
mod sample;

use crate::files::document::Document;
use crate::files::read::kind::Kind;
use crate::files::read::package::Package;
use crate::files::read::package::broken;
use crate::files::read::refusal::Refusal;
use crate::request::FILE_BYTES_MAX;

/// Where the own part of an Office file stands if nothing says so.
const MAIN_PARTS: [&str; 2] = ["word/document.xml", "xl/workbook.xml"];

/// What stands in a file of that name: CSV and its kin, Excel and OpenDocument workbooks, Word
/// documents, Markdown, and text as it is pasted.
///
/// It takes time and memory in proportion to the file, within the limits in [`limit`]. The refusal
/// is a sentence that says what is wrong, where, and what to send instead.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(Refusal::TooBig { file: name.to_owned() });
    }
    match Kind::of(name, bytes)? {
        Kind::Package => package(name, bytes),
        Kind::Text => text(name, bytes),
    }
}

fn text(name: &str, bytes: &[u8]) -> Result<Document, Refusal> {
    let decoded = encoding::decode(bytes);
    let text = decoded.text.as_str();
    kind::refuse_markup(name, text)?;
    let mut document = if json::is_json(text) {
        json::read(name, text)
    } else if markdown::is_markdown(name, text) {
        markdown::read(name, text)
    } else if separated::is_separated(name, text) {
        separated::read(name, text)
    } else {
        text::read(name, text)
    }?;
    document.doubts.extend(decoded.doubt);
    Ok(document)
}

fn package(name: &str, bytes: &[u8]) -> Result<Document, Refusal> {
    let mut package = Package::open(name, bytes)?;
    refuse_programs(&mut package)?;
    let relations = package.relations("")?;
    let main = relations.into_iter().find(|known| known.kind == "officeDocument");
    let main = main
        .map(|main| main.path)
        .or_else(|| MAIN_PARTS.into_iter().find(|path| package.has(path)).map(str::to_owned));
    let Some(path) = main else {
        return open_document(&mut package);
    };
    if kind::ending(&path) == "bin" {
        return Err(kind::foreign_package(name, &package.names()));
    }
    let root = package.xml(&path)?;
    let root = root.ok_or_else(|| broken(name, &format!("its part {path} is missing")))?;
    match &*root.name {
        "document" => word::read(&mut package, &path, &root),
        "workbook" => workbook::read(&mut package, &path, &root),
        _ => Err(kind::foreign_package(name, &package.names())),
    }
}

fn open_document(package: &mut Package<'_>) -> Result<Document, Refusal> {
    let name = package.file();
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Refusal::Locked { file: name.to_owned() });
    }
    let root = package.xml(opendocument::PATH)?;
    match root.as_ref().and_then(|root| Some((root, opendocument::sheets(root)?))) {
        Some((root, sheets)) => {
            let styles = package.xml(opendocument::STYLES)?.unwrap_or_default();
            opendocument::read(name, root, &styles, sheets)
        }
        None => Err(kind::foreign_package(name, &package.names())),
    }
}

/// Refuses a file with macros in it, whatever it is called.
fn refuse_programs(package: &mut Package<'_>) -> Result<(), Refusal> {
    let file = package.file().to_owned();
    let types = package.text("[Content_Types].xml")?.unwrap_or_default();
    let names = package.names();
    if types.contains("macroEnabled") || names.iter().any(|name| name.ends_with("vbaProject.bin")) {
        let is_word = names.iter().any(|name| name.starts_with("word/"));
        let instead =
            if is_word { "\"Word Document (.docx)\"" } else { "\"Excel Workbook (.xlsx)\"" };
        return Err(Refusal::Macros { file, instead });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
