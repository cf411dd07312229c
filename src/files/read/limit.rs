//! How much of a file is read, so that a wrong or a hostile one can fill neither memory nor time.
//!
//! How large the file itself may be is said where files are asked for: [`FILE_BYTES_MAX`].

use crate::request::FILE_BYTES_MAX;

/// The most rows and lines together; the longest plan seen has some two hundred.
pub const ROWS_MAX: usize = 20_000;

/// The most cells in a row: as many as the old Excel had columns.
pub const CELLS_MAX: usize = 256;

/// The most cells in a file: fifty in each of the most rows.
pub const CELLS_TOTAL_MAX: usize = 50 * ROWS_MAX;

/// The most characters in a cell or a line: as many as Excel allows.
pub const CHARS_MAX: usize = 32_767;

/// The most text in a file in bytes: twice what the largest file can hold as it stands, because a
/// workbook keeps a text once that many cells may show.
#[expect(clippy::cast_possible_truncation, reason = "ten mebibytes fit in a usize of any machine")]
pub const TEXT_MAX: usize = 2 * FILE_BYTES_MAX as usize;

/// The most Markdown in bytes: reading it takes seventy times as much memory where every letter is
/// a mark.
pub const MARKDOWN_MAX: usize = 2 * 1024 * 1024;

/// The most files within an Office file; one with a hundred pictures has some two hundred.
pub const ENTRIES_MAX: usize = 4_096;

/// The most bytes an Office file may unpack to, of the parts that are read.
pub const UNPACKED_MAX: usize = 64 * 1024 * 1024;

/// How many times its own size an Office file may unpack to: a sheet of like rows is packed to a
/// fiftieth, a bomb to a thousandth.
pub const RATIO_MAX: usize = 250;

/// What may be unpacked whatever the ratio, in bytes: a small file with much alike is no bomb.
pub const UNPACKED_FREE: usize = 1024 * 1024;

/// How deep the elements of an Office file may be nested; Word stays below sixty.
pub const DEPTH_MAX: usize = 200;

/// The most elements, attributes and texts in one part of an Office file: enough for sixteen
/// columns in the most rows of a sheet, and some four hundred megabytes where all are elements.
pub const PIECES_MAX: usize = 2_000_000;
