//! Files as partnerships write them, and the doubts about them.
