//! Lines with numbers, of bounded length, checked for UTF-8.

use std::io::{BufRead, Read};
use tuntuma_engine::Error;

/// Longest line taken, in bytes; a longer one is a fault, not a conversation.
pub const LONGEST: usize = 16 << 20;

/// Reads lines one by one.
pub struct Lines<'n, R> {
    input: R,
    name: &'n str,
    number: usize,
    buffer: Vec<u8>,
}

impl<'n, R: BufRead> Lines<'n, R> {
    /// Lines of `input`, called `name` in messages.
    pub fn new(input: R, name: &'n str) -> Self {
        Self { input, name, number: 0, buffer: Vec::new() }
    }

    /// One-based number of the line last given.
    pub fn number(&self) -> usize {
        self.number
    }

    /// The next line without its line break; `None` at the end.
    pub fn next_line(&mut self) -> Result<Option<&str>, Error> {
        self.buffer.clear();
        let limit = (LONGEST + 1) as u64;
        let read = (&mut self.input).take(limit).read_until(b'\n', &mut self.buffer);
        let read = read.map_err(|e| Error::file(self.name, format!("cannot be read: {e}")))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.buffer.len() > LONGEST {
            let message = format!("a line of more than {} MiB", LONGEST >> 20);
            return Err(self.error(1, message).hint("one conversation a line; is this another format? --input-format names it"));
        }
        while matches!(self.buffer.last(), Some(b'\n' | b'\r')) {
            self.buffer.pop();
        }
        if self.number == 1 && self.buffer.starts_with("\u{feff}".as_bytes()) {
            self.buffer.drain(..3);
        }
        match std::str::from_utf8(&self.buffer) {
            Ok(line) => Ok(Some(line)),
            Err(e) => {
                let valid = String::from_utf8_lossy(&self.buffer[..e.valid_up_to()]).chars().count();
                Err(not_utf8(self.name, self.number, valid + 1))
            }
        }
    }

    /// An error on the current line.
    pub fn error(&self, column: usize, message: impl Into<String>) -> Error {
        Error { line: Some(self.number), column: Some(column), ..Error::file(self.name, message) }
    }
}

fn not_utf8(name: &str, line: usize, column: usize) -> Error {
    let error = Error { line: Some(line), column: Some(column), ..Error::file(name, "not UTF-8 text") };
    error.hint("convert it first, for instance: iconv -f WINDOWS-1252 -t UTF-8")
}

/// The whole input as text, for formats that cannot be read line by line; bounded.
pub fn whole(mut input: impl BufRead, name: &str, limit: usize) -> Result<String, Error> {
    let mut bytes = Vec::new();
    (&mut input).take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| Error::file(name, format!("cannot be read: {e}")))?;
    if bytes.len() > limit {
        return Err(Error::file(name, format!("larger than {} MiB, too large for one conversation", limit >> 20)).hint("split it, or give JSON Lines"));
    }
    String::from_utf8(bytes).map_err(|e| {
        let bytes = e.as_bytes();
        let good = &bytes[..e.utf8_error().valid_up_to()];
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        let start = good.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        not_utf8(name, line, String::from_utf8_lossy(&good[start..]).chars().count() + 1)
    })
}
