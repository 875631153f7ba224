//! Tieline reads news articles and says who did what with whom, when, and
//! according to which sentence.
//!
//! The way of the data is one line of pure phases:
//!
//! ```text
//! files ─ingest→ Article ─language→ Analysis ─┬─time→ expressions ─┐
//!                                             └─extract────────────┴→ Report
//! Reports ─resolve→ Story ─graph→ TieGraph ─query→ answers ─render, export→ text, DOT, SVG, JSON
//! ```
//!
//! `language`, `time`, `extract`, `resolve`, `graph` and `query` read no file,
//! no clock, no environment and no terminal. Only [`ingest`], [`store`] and the
//! [`cli`] touch the world. See `docs/architecture.md` for the map.

pub mod cli;
pub mod export;
pub mod extract;
pub mod graph;
pub mod ingest;
pub mod language;
pub mod model;
pub mod ontology;
pub mod pipeline;
pub mod query;
pub mod render;
pub mod resolve;
pub mod store;
pub mod text;
pub mod time;
