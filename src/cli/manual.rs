//! `tieline completions` and `tieline man`: what a shell and `man` read, made
//! from the same words as the help.

use super::Outcome;
use super::args::{Cli, Completions, Man};
use super::error::Error;
use super::io::{Io, make_folder, write_file};
use clap::{Command, CommandFactory};

/// Writes the completions of a shell.
pub(super) fn completions(args: &Completions, io: &mut Io) -> Result<Outcome, Error> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tieline", &mut out);
    io.out.write_all(&out)?;
    Ok(Outcome::Found)
}

/// Writes the manual: one page for the program and one for each command, to a
/// folder, or the first alone to standard output.
pub(super) fn man(args: &Man, io: &mut Io) -> Result<Outcome, Error> {
    let mut root = Cli::command();
    root.build();
    let Some(folder) = &args.out else {
        io.out.write_all(&page(root)?)?;
        return Ok(Outcome::Found);
    };
    make_folder(folder, "--out")?;
    let mut pages = vec![("tieline".to_owned(), root.clone())];
    collect("tieline", &root, &mut pages);
    for (name, command) in pages {
        let command = command.display_name(name.clone());
        write_file(&folder.join(format!("{name}.1")), &page(command)?)?;
    }
    Ok(Outcome::Found)
}

/// The commands below one, each with the name of its page.
fn collect(name: &str, command: &Command, pages: &mut Vec<(String, Command)>) {
    for below in command.get_subcommands().filter(|c| c.get_name() != "help") {
        let name = format!("{name}-{}", below.get_name());
        pages.push((name.clone(), below.clone()));
        collect(&name, below, pages);
    }
}

fn page(command: Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}
