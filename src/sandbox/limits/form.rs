//! What Discord refuses in a form.

use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;

use crate::sandbox::limits;
use crate::sandbox::limits::Problems;
use crate::sandbox::limits::join;
use crate::sandbox::limits::message::check_unique;

/// Complains of everything in a form that Discord would refuse. Labels around inputs are newer
/// than the rows checked here, and the client that the sandbox is for cannot read them.
pub(crate) fn check_form(problems: &mut Problems, form: &Map<String, Value>) {
    problems.unknown("", form, &["custom_id", "title", "components"]);
    problems.required("custom_id", form.get("custom_id"), 1, limits::CUSTOM_ID_MAX);
    problems.required("title", form.get("title"), 1, limits::FORM_TITLE_MAX);
    let rows = problems.list("components", form.get("components"), limits::FORM_INPUTS_MAX);
    if rows.is_empty() {
        problems.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let mut seen = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        let place = format!("components.{index}");
        let Some(row) = problems.object(&place, row) else { continue };
        problems.unknown(&place, row, &["type", "id", "components"]);
        if row.get("type").and_then(Value::as_u64) != Some(1) {
            let sentence = "Value of field \"type\" must be one of (1,).";
            problems.add(&join(&place, "type"), "UNION_TYPE_CHOICES", sentence);
        }
        let place = join(&place, "components");
        let inputs = problems.list(&place, row.get("components"), 1);
        if inputs.is_empty() {
            problems.add(&place, "BASE_TYPE_BAD_LENGTH", "Must be 1 in length.");
        }
        for (index, input) in inputs.iter().enumerate() {
            let place = join(&place, index);
            let Some(input) = problems.object(&place, input) else { continue };
            check_input(problems, &place, input);
            check_unique(problems, &place, input, &mut seen);
        }
    }
}

fn check_input(problems: &mut Problems, place: &str, input: &Map<String, Value>) {
    problems.unknown(
        place,
        input,
        &[
            "type",
            "id",
            "custom_id",
            "style",
            "label",
            "value",
            "placeholder",
            "required",
            "min_length",
            "max_length",
        ],
    );
    if input.get("type").and_then(Value::as_u64) != Some(4) {
        let sentence = "Value of field \"type\" must be one of (4,).";
        problems.add(&join(place, "type"), "UNION_TYPE_CHOICES", sentence);
    }
    if !matches!(input.get("style").and_then(Value::as_u64), Some(1 | 2)) {
        problems.add(&join(place, "style"), "BASE_TYPE_CHOICES", "Must be 1 or 2.");
    }
    let id = input.get("custom_id");
    problems.required(&join(place, "custom_id"), id, 1, limits::CUSTOM_ID_MAX);
    problems.required(&join(place, "label"), input.get("label"), 1, limits::INPUT_LABEL_MAX);
    let placeholder = input.get("placeholder");
    problems.text(&join(place, "placeholder"), placeholder, 0, limits::INPUT_PLACEHOLDER_MAX);
    let bound = |key: &str| {
        input.get(key).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok())
    };
    let (min, max) = (bound("min_length"), bound("max_length"));
    for (key, bound) in [("min_length", min), ("max_length", max)] {
        if bound.is_some_and(|bound| bound > limits::INPUT_VALUE_MAX) {
            let sentence = "int value should be less than or equal to 4000.";
            problems.add(&join(place, key), "NUMBER_TYPE_MAX", sentence);
        }
    }
    if max == Some(0) || min.zip(max).is_some_and(|(min, max)| min > max) {
        let sentence = "Must be 1 or more, and not less than min_length.";
        problems.add(&join(place, "max_length"), "NUMBER_TYPE_MIN", sentence);
    }
    let max = max.unwrap_or(limits::INPUT_VALUE_MAX);
    problems.text(&join(place, "value"), input.get("value"), 0, max);
}
