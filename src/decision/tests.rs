//! Which decisions are possible, and why others are not.
