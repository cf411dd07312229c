//! The sandbox, tried with the client it is for.
