//! Tells the pages and the server apart from older ones: a number that changes with the types that travel between them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Where the types that travel are defined.
const DEFINED_IN: [&str; 3] = ["../domain/src", "src/server_fns", "src/error.rs"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for place in DEFINED_IN {
        println!("cargo:rerun-if-changed={place}");
        collect(Path::new(place), &mut files)?;
    }
    // What else lies there, such as the file of an editor or a snapshot of a test, says nothing of the types.
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files.sort();
    let mut sum = crc32fast::Hasher::new();
    for file in files {
        sum.update(&fs::read(file)?);
    }
    println!("cargo:rustc-env=FORM_OF_ANSWERS={:08x}", sum.finalize());
    Ok(())
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !place.is_dir() {
        files.push(place.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(place)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
