//! What a person or a machine reads: reports, diagrams, pages.

pub mod diagram;
pub mod json;
pub mod page;
pub mod report;
pub mod spreadsheet;
