//! Decisions on documents, as tables, against a shelf in memory.
