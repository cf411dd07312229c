//! How long it takes to read a plan of ten thousand rows, from its bytes to the preview.
//!
//! `cargo bench --bench import`

use std::fmt::Write;
use std::hint::black_box;

use anyhow::ensure;
use convener::config::partnership::founding;
use convener::files::preview::Known;
use convener::files::preview::Preview;
use convener::files::preview::answer::Answers;
use convener::files::preview::preview;
use convener::files::read::read;
use convener::partnership::Founding;
use criterion::Criterion;

const ROWS: usize = 10_000;

fn main() -> anyhow::Result<()> {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let founding = founding(None)?;
    let table = table();
    let files = [("plan.csv", table.clone().into_bytes()), ("plan.xlsx", workbook(&table)?)];
    for (name, bytes) in files {
        ensure!(understood(&founding, name, &bytes)?.actions.len() == ROWS, "{name} is not whole");
        criterion.bench_function(&format!("preview {ROWS} rows of {name}"), |bencher| {
            bencher.iter(|| understood(&founding, name, black_box(&bytes)));
        });
    }
    criterion.final_summary();
    Ok(())
}

/// A plan of so many actions as comma-separated text, no two rows alike.
fn table() -> String {
    let mut text = "No,Activities,Lead,Target Date,Update (October 2020)\n".to_owned();
    for row in 0..ROWS {
        let (area, number) = (row / 500 + 1, row % 500 + 1);
        let leads = ["CPEG", "DIG chairs / CPEG", "the schools", ""][row % 4];
        let target = ["March 2021", "June – September 2021", "Q2 2021", "TBC"][row % 4];
        let _ =
            writeln!(text, "{area}.{number},Do work {row},{leads},{target},Begun in ward {row}");
    }
    text
}

fn workbook(table: &str) -> anyhow::Result<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(table.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn understood(founding: &Founding, name: &str, bytes: &[u8]) -> anyhow::Result<Preview> {
    let known = Known {
        plan: "IP",
        bodies: &founding.partnership.bodies,
        themes: &founding.partnership.themes,
        calendar: &founding.partnership.calendar,
        answers: &Answers::default(),
    };
    let document = read(name, bytes)?;
    Ok(preview(document, known, &mut |_, _| {})?)
}
