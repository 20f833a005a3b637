//! Output for people and programs: reports, diagrams, pages.

#[cfg(feature = "reports")]
pub mod diagram;
#[cfg(feature = "reports")]
pub mod json;
#[cfg(feature = "reports")]
#[cfg(feature = "reports")]
pub mod page;
pub mod report;
#[cfg(feature = "reports")]
pub mod spreadsheet;
