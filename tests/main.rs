//! The integration tests: one binary, one module for each subject. They run the
//! program itself, on articles written for them and on the seeds.

mod bad_input;
mod build;
mod collection;
mod curate;
mod database;
mod graphs_are_current;
mod help;
mod input;
mod migration;
mod queries;
mod readme;
mod support;
mod types;
