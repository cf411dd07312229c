//! Plans that come in as files: shown first, applied once somebody confirms, and never by halves.

mod chat;
mod kinds;
mod program;
mod real;
