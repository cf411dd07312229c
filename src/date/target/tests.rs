//! What real plans say, and what is understood by it.
use super::*;
#[test]
fn explore() {
    let text = std::fs::read_to_string("/tmp/date-strings.txt").unwrap();
    for line in text.lines() {
        let line = line.replace("\\n", "\n");
        let t = Target::read_with(&line, &|w, m| {
            (w == "CPEG" && m == NaiveDate::from_ymd_opt(2020, 12, 1).unwrap())
                .then(|| NaiveDate::from_ymd_opt(2020, 12, 10).unwrap())
        });
        let d: Vec<String> = t.doubts().iter().map(|d| d.to_string()).collect();
        println!(
            "{:45} | {} | {:?} {} {}",
            line.escape_debug().to_string(),
            t.window().map_or("-".into(), |w| format!("{}..{}", w.from, w.to)),
            t.reading(),
            t.review().map_or(String::new(), |r| format!("{r:?}")),
            d.join(" // ")
        );
    }
}
