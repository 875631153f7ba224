//! A stream of text in any encoding as UTF-8, without its byte order mark. The
//! encoding is told by the mark, by a name in the head, or guessed from it.

use super::decode::charset;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8};
use std::io::{self, BufRead, Read};

/// How much of a stream is looked at for a guess, in bytes.
const LOOKED_AT: usize = 64 << 10;

/// Reads UTF-8 out of a stream of any encoding.
pub(super) struct Transcoder<'i> {
    input: io::Chain<io::Cursor<Vec<u8>>, &'i mut dyn BufRead>,
    decoder: Decoder,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<'i> Transcoder<'i> {
    /// Looks at the head of the stream.
    pub(super) fn new(input: &'i mut dyn BufRead) -> io::Result<Transcoder<'i>> {
        let mut head = Vec::new();
        (&mut *input)
            .take(LOOKED_AT as u64)
            .read_to_end(&mut head)?;
        let encoding = encoding_of(&head);
        Ok(Transcoder {
            input: io::Cursor::new(head).chain(input),
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: Vec::new(),
            at: 0,
            ended: false,
        })
    }
}

fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    // A letter may be cut at the end of the head.
    let sound = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if sound {
        return UTF_8;
    }
    let named = head
        .starts_with(b"<?xml")
        .then(|| charset(head.get(..200).unwrap_or(head)))
        .flatten()
        .and_then(Encoding::for_label);
    if let Some(encoding) = named {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    detector.guess(None, Utf8Detection::Deny)
}

impl BufRead for Transcoder<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.buffer.len() && !self.ended {
            let from = self.input.fill_buf()?;
            let last = from.is_empty();
            let length = self
                .decoder
                .max_utf8_buffer_length(from.len())
                .unwrap_or(0)
                .max(64);
            self.buffer.resize(length, 0);
            let (_, read, written, _) = self.decoder.decode_to_utf8(from, &mut self.buffer, last);
            self.buffer.truncate(written);
            self.at = 0;
            self.ended = last;
            self.input.consume(read);
        }
        Ok(self.buffer.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Transcoder<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let length = from.len().min(out.len());
        let (Some(to), Some(from)) = (out.get_mut(..length), from.get(..length)) else {
            return Ok(0);
        };
        to.copy_from_slice(from);
        self.consume(length);
        Ok(length)
    }
}
