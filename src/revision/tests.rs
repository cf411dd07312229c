//! What a print changes, change by change.
